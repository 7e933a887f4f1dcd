package dynoai.automation.step;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** What {@code recipe steps} shows about a {@link Scriptlet}. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface StepDoc {
    String description();

    /** Its parameters, as one would write them. */
    String usage() default "";

    String returns() default "";

    String limitations() default "";
}
