/** Kafka clients from the operator's properties. */
package dynoai.schemas.kafka;
