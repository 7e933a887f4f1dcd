package dynoai.app;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.common.utils.Bytes;
import org.junit.jupiter.api.Test;

/** How the house is built, in sentences that the build checks. */
class ArchitectureTest {
    private static final String[] PURE = {"dynoai.ingest.log..", "dynoai.analyzer.run..", "dynoai.exporter.kernel.."};

    private static final int MAX_TYPES_PER_PACKAGE = 20;

    /** The log reader, which is not divided yet. */
    private static final String LARGER_PACKAGE = "dynoai.ingest.log";

    /** {@code Bytes} is the key type of the public state stores, in spite of its package. */
    private static final DescribedPredicate<JavaClass> NON_PUBLIC_KAFKA = JavaClass.Predicates.resideInAnyPackage(
                    "kafka..",
                    "com.yammer..",
                    "scala..",
                    "org.apache.kafka..internals..",
                    "org.apache.kafka.common.message..",
                    "org.apache.kafka.common.metadata..",
                    "org.apache.kafka.common.network..",
                    "org.apache.kafka.common.protocol..",
                    "org.apache.kafka.common.record..",
                    "org.apache.kafka.common.requests..",
                    "org.apache.kafka.common.utils..",
                    "org.apache.kafka.controller..",
                    "org.apache.kafka.coordinator..",
                    "org.apache.kafka.image..",
                    "org.apache.kafka.metadata..",
                    "org.apache.kafka.raft..",
                    "org.apache.kafka.server..",
                    "org.apache.kafka.storage..",
                    "org.apache.kafka.timeline..")
            .and(DescribedPredicate.not(JavaClass.Predicates.type(Bytes.class)))
            .as("are not public Kafka API");

    private static final JavaClasses OURS = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .withImportOption(location -> !location.contains("-tests.jar"))
            .importPackages("dynoai");

    @Test
    void schemas_dependOnNoStage() {
        onlyDependOnOurs("dynoai.schemas..")
                .because("all stages share this vocabulary, and it can be read without any stage")
                .check(OURS);
    }

    @Test
    void ingest_dependsOnSchemasOnly() {
        onlyDependOnOurs("dynoai.ingest..", "dynoai.schemas..")
                .because("stages meet only through the shared words, so each can be read, tested and run alone")
                .check(OURS);
    }

    @Test
    void agent_dependsOnTheDropFolderAndTheReaderOnly() {
        onlyDependOnOurs("dynoai.agent..", "dynoai.ingest.folder..", "dynoai.ingest.log..", "dynoai.schemas..")
                .because("it runs at a shop, where there is neither Kafka nor an exporter")
                .check(OURS);
        noClasses()
                .that()
                .resideInAPackage("dynoai.agent..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.apache.kafka..", "org.slf4j..")
                .because("it runs at a shop, where there is neither Kafka nor an exporter")
                .check(OURS);
    }

    @Test
    void analyzer_dependsOnSchemasOnly() {
        onlyDependOnOurs("dynoai.analyzer..", "dynoai.schemas..")
                .because("stages meet only through the shared words, so each can be read, tested and run alone")
                .check(OURS);
    }

    @Test
    void exporter_dependsOnSchemasOnly() {
        onlyDependOnOurs("dynoai.exporter..", "dynoai.schemas..")
                .because("stages meet only through the shared words, so each can be read, tested and run alone")
                .check(OURS);
    }

    @Test
    void pureCore_dependsOnNeitherKafkaNorLoggers() {
        noClasses()
                .that()
                .resideInAnyPackage(PURE)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "org.apache.kafka..",
                        "org.apache.avro..",
                        "org.slf4j..",
                        "java.util.logging..",
                        "io.micrometer..",
                        "com.fasterxml.jackson..")
                .because("the batch command and the pipeline compute with the same code, and tests need only values")
                .allowEmptyShould(true)
                .check(OURS);
    }

    @Test
    void pureCore_usesNeitherClocksNorRandomness() {
        noClasses()
                .that()
                .resideInAnyPackage(PURE)
                .should()
                .callMethodWhere(asksForTheTime())
                .orShould()
                .dependOnClassesThat()
                .haveNameMatching(
                        "java\\.time\\.Clock|java\\.util\\..*Random.*|java\\.security\\.SecureRandom|java\\.util\\.UUID")
                .because("the same log and the same options must give the same bytes, today and in ten years")
                .allowEmptyShould(true)
                .check(OURS);
    }

    @Test
    void batchEngine_doesNotDependOnKafka() {
        noClasses()
                .that()
                .resideInAPackage("dynoai.engine..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.apache.kafka..")
                .because("the library is used by programs that have no Kafka on their class path")
                .check(OURS);
    }

    @Test
    void answersOfThePage_haveNoRunsButThoseOfTheirCaller() {
        noClasses()
                .that()
                .resideInAPackage("dynoai.dashboard.api..")
                .and()
                .doNotHaveFullyQualifiedName("dynoai.dashboard.api.Views")
                .should()
                .dependOnClassesThat()
                .haveNameMatching("dynoai\\.dashboard\\.board\\.RunBoard|dynoai\\.catalogue\\.Catalogue")
                .because("a shop must not see the runs of another, also in an answer that is added later")
                .check(OURS);
    }

    @Test
    void nonPublicKafkaApi_isUsedInInternalPackagesOnly() {
        noClasses()
                .that()
                .resideOutsideOfPackages("dynoai..internal..", "dynoai.bench..")
                .should()
                .dependOnClassesThat(NON_PUBLIC_KAFKA)
                .because("it changes without notice, and each use must say why it exists and when it can go")
                .check(OURS);
    }

    @Test
    void packages_haveNoCycles() {
        slices().matching("dynoai.(**)")
                .should()
                .beFreeOfCycles()
                .because("a package that needs itself through another one can be read neither first nor last")
                .check(OURS);
    }

    @Test
    void packages_haveAtMostTwentyTypes() {
        // Given
        Map<String, Long> typesByPackage = OURS.stream()
                .filter(type -> !type.getPackageName().equals(LARGER_PACKAGE))
                .filter(JavaClass::isTopLevelClass)
                .filter(type -> !type.getSimpleName().equals("package-info"))
                .collect(Collectors.groupingBy(JavaClass::getPackageName, Collectors.counting()));

        // When
        typesByPackage.values().removeIf(types -> types <= MAX_TYPES_PER_PACKAGE);

        // Then
        assertThat(typesByPackage).isEmpty();
    }

    @Test
    void packages_areNamedForTheirSubject() {
        noClasses()
                .should()
                .resideInAnyPackage(
                        "..util..", "..utils..", "..common..", "..helper..", "..helpers..", "..impl..", "..misc..")
                .because("these names do not say what a package holds, so everything ends up in them")
                .check(OURS);
    }

    @Test
    void classes_areNamedForWhatTheyAre() {
        noClasses()
                .should()
                .haveSimpleNameEndingWith("Impl")
                .orShould()
                .haveSimpleNameEndingWith("Util")
                .orShould()
                .haveSimpleNameEndingWith("Utils")
                .orShould()
                .haveSimpleNameEndingWith("Helper")
                .orShould()
                .haveSimpleNameStartingWith("Abstract")
                .because("types are nouns of the trade")
                .check(OURS);
    }

    @Test
    void stages_doNotWriteToTheConsole() {
        noClasses()
                .that()
                .resideOutsideOfPackages("dynoai.app..", "dynoai.bench..")
                .should()
                .accessField(System.class, "out")
                .orShould()
                .accessField(System.class, "err")
                .orShould()
                .callMethod(Throwable.class, "printStackTrace")
                .because("standard output belongs to results, and only the command line knows what a result is")
                .check(OURS);
    }

    @Test
    void code_doesNotUseTheJdksLogger() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAPackage("java.util.logging..")
                .because("there is one way to log, slf4j, and the pure core has none at all")
                .check(OURS);
    }

    @Test
    void staticFields_areFinal() {
        fields().that()
                .areStatic()
                .should()
                .beFinal()
                .because("two runs in one process must not see each other")
                .check(OURS);
    }

    @Test
    void code_doesNotFormatWithTheDefaultLocale() {
        noClasses()
                .should()
                .callMethod(String.class, "format", String.class, Object[].class)
                .orShould()
                .callMethod(String.class, "formatted", Object[].class)
                .orShould()
                .callMethod(String.class, "toLowerCase")
                .orShould()
                .callMethod(String.class, "toUpperCase")
                .orShould()
                .callMethod(java.io.PrintStream.class, "printf", String.class, Object[].class)
                .because("a Turkish or German machine must write the same bytes: so Locale.ROOT is passed explicitly")
                .check(OURS);
    }

    private static ArchRule onlyDependOnOurs(String... packages) {
        return classes()
                .that()
                .resideInAPackage(packages[0])
                .should()
                .onlyDependOnClassesThat(
                        new DescribedPredicate<JavaClass>("reside in " + String.join(" or ", packages)) {
                            private final DescribedPredicate<JavaClass> allowed =
                                    JavaClass.Predicates.resideInAnyPackage(packages);

                            @Override
                            public boolean test(JavaClass target) {
                                return !target.getBaseComponentType()
                                                .getPackageName()
                                                .startsWith("dynoai")
                                        || allowed.test(target.getBaseComponentType());
                            }
                        })
                .allowEmptyShould(true);
    }

    private static DescribedPredicate<JavaCall<?>> asksForTheTime() {
        Set<String> systemCalls = Set.of("currentTimeMillis", "nanoTime");
        return new DescribedPredicate<>("ask for the time or for chance") {
            @Override
            public boolean test(JavaCall<?> call) {
                String owner = call.getTargetOwner().getName();
                String method = call.getName();
                return owner.equals("java.lang.System") && systemCalls.contains(method)
                        || owner.startsWith("java.time.") && method.equals("now")
                        || owner.equals("java.lang.Math") && method.equals("random");
            }
        };
    }
}
