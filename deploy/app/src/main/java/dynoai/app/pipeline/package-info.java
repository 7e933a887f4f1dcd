/** Commands that run the pipeline or work on its folders. Start with {@link dynoai.app.pipeline.UpCommand}. */
package dynoai.app.pipeline;
