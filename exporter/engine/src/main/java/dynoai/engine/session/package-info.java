/**
 * Sessions: the runs of a bike until a new session is begun. Start with {@link dynoai.engine.session.Sessions} for the runs and
 * with {@link dynoai.engine.session.SessionMap} for their accumulated map.
 */
package dynoai.engine.session;
