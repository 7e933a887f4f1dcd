/** Runs from Kafka, for a dashboard outside the node. Start with {@link dynoai.dashboard.feed.TopicFeed}. */
package dynoai.dashboard.feed;
