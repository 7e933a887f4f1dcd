/** The protocol of the intake: the routes of {@link dynoai.intake.route.UploadRoutes} and the others. */
@NullMarked
package dynoai.intake.route;

import org.jspecify.annotations.NullMarked;
