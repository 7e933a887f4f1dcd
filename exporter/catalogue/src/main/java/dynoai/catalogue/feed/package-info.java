/** Runs from Kafka for a catalogue. Start with {@link dynoai.catalogue.feed.CatalogueFeed}. */
package dynoai.catalogue.feed;
