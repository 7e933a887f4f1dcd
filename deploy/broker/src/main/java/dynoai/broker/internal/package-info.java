/**
 * Kafka's server classes, which are not public API: all use of them is here. Every class says why it exists, what would make it
 * unnecessary, and which test shows that it is still needed.
 */
package dynoai.broker.internal;
