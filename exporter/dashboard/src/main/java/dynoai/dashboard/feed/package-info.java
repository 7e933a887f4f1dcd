/** News of runs from Kafka, for a dashboard apart from the stages. Start with {@link dynoai.dashboard.feed.TopicFeed}. */
package dynoai.dashboard.feed;
