/** Fault injection: named places where a test kills the process. */
package dynoai.schemas.fault;
