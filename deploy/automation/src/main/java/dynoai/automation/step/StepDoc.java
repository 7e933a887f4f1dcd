package dynoai.automation.step;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Documentation of a {@link Scriptlet}, shown by {@code recipe steps}. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface StepDoc {
    String description();

    /** The parameters, as written in a recipe. */
    String usage() default "";

    String returns() default "";

    String limitations() default "";
}
