package dynoai.automation.step;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Documentation of a {@link Scriptlet} or of a function that is a step, shown by {@code recipe steps}. */
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
public @interface StepDoc {
    String description();

    /** The parameters, as written in a recipe. */
    String usage() default "";

    String returns() default "";

    String limitations() default "";
}
