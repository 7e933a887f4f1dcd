package dynoai.app.setting;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Marks an option that may also come from the environment or the properties file, and bounds its number. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.FIELD)
public @interface Setting {
    double min() default 0;

    double max() default Double.POSITIVE_INFINITY;
}
