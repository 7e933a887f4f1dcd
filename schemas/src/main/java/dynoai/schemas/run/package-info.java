/** Names and ends of runs: {@link dynoai.schemas.run.RunId}, {@link dynoai.schemas.run.FailureCode}. */
package dynoai.schemas.run;
