package dynoai.intake;

import dynoai.intake.access.CredentialGate;
import dynoai.intake.access.Quotas;
import dynoai.intake.event.IntakeEvents;
import dynoai.intake.http.ErrorCode;
import dynoai.intake.http.Exchange;
import dynoai.intake.http.ExchangeListener;
import dynoai.intake.http.HttpServer;
import dynoai.intake.http.RequestException;
import dynoai.intake.http.Route;
import dynoai.intake.route.AgentRoutes;
import dynoai.intake.route.LogRoutes;
import dynoai.intake.route.OpenRoutes;
import dynoai.intake.route.RunRoutes;
import dynoai.intake.route.UploadRoutes;
import dynoai.intake.run.OverdueLogs;
import dynoai.intake.run.RunWaits;
import dynoai.intake.run.ShopRuns;
import dynoai.intake.run.ShopThreads;
import dynoai.intake.tls.TlsReload;
import dynoai.intake.upload.Drafts;
import dynoai.intake.upload.LogPublisher;
import dynoai.intake.upload.UploadLimits;
import dynoai.intake.upload.UploadService;
import dynoai.schemas.access.Credentials;
import dynoai.schemas.access.ShopRegistry;
import dynoai.schemas.file.DiskRoom;
import dynoai.schemas.kafka.KafkaClients;
import dynoai.schemas.record.LogAccepted;
import dynoai.schemas.stage.Stage;
import dynoai.schemas.topic.KafkaReadiness;
import dynoai.schemas.upload.Uploads;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.jspecify.annotations.Nullable;

/** The door for shops: takes their logs over HTTPS and gives them their runs. It has no state of its own. */
public final class Intake implements Stage, IntakeEvents.Gauges {
    private static final String NAME = "intake";
    private static final long TLS_LOOK_SECONDS = 5;
    private static final long SWEEP_SECONDS = 3600;
    private static final int RUN_THREADS = 16;
    private static final int RUN_THREADS_PER_SHOP = 4;
    private static final int DOWNLOAD_THREADS = 8;
    private static final int DOWNLOAD_THREADS_PER_SHOP = 2;

    private final HttpServer server;
    private final RunWaits waits;
    private final @Nullable TlsReload tls;
    private final Supplier<String> notReadyReason;
    private final ScheduledExecutorService timer;
    private final List<AutoCloseable> parts;

    private Intake(
            HttpServer server,
            RunWaits waits,
            @Nullable TlsReload tls,
            Supplier<String> notReadyReason,
            ScheduledExecutorService timer,
            List<AutoCloseable> parts) {
        this.server = server;
        this.waits = waits;
        this.tls = tls;
        this.notReadyReason = notReadyReason;
        this.timer = timer;
        this.parts = parts;
    }

    /** Starts an intake. Its topics must exist. */
    public static Intake start(IntakeSettings settings, KafkaClients kafka, IntakeEvents events) throws IOException {
        ShopRegistry shops = ShopRegistry.start(kafka, events, Clock.systemUTC());
        KafkaReadiness readiness = KafkaReadiness.start(kafka);
        KafkaPublisher publisher = new KafkaPublisher(kafka, readiness::notReadyReason, events);
        Supplier<String> notReady = () -> {
            String reason = readiness.notReadyReason();
            return reason.isEmpty() && !shops.isCurrent() ? "the shops' credentials are not read yet" : reason;
        };
        return start(
                settings,
                shops,
                publisher,
                publisher,
                notReady,
                Clock.systemUTC(),
                events,
                List.of(publisher, shops, readiness));
    }

    /** @param parts are closed with the intake, or if it does not start */
    static Intake start(
            IntakeSettings settings,
            Credentials credentials,
            LogPublisher publisher,
            AgentRoutes.ContactPublisher contacts,
            Supplier<String> notReadyReason,
            InstantSource clock,
            IntakeEvents events,
            List<AutoCloseable> parts)
            throws IOException {
        List<AutoCloseable> closed = new ArrayList<>(parts);
        boolean started = false;
        try {
            Quotas quotas = new Quotas(credentials, clock, events);
            UploadService uploads = new UploadService(
                    settings.store(), counted(publisher, events), UploadLimits.DEFAULT, clock, DiskRoom::measured);
            Uploads stored = new Uploads(settings.store().objects());
            ShopRuns runs = new ShopRuns(stored, settings.shelf());
            OverdueLogs overdue = new OverdueLogs(stored, publisher, clock);
            Drafts drafts = new Drafts(settings.store().drafts());
            ShopThreads lookUps = new ShopThreads("dynoai-intake-runs", RUN_THREADS, RUN_THREADS_PER_SHOP);
            closed.add(0, lookUps);
            ShopThreads downloads = new ShopThreads("dynoai-intake-files", DOWNLOAD_THREADS, DOWNLOAD_THREADS_PER_SHOP);
            closed.add(0, downloads);
            RunWaits waits = new RunWaits(runs::hasEnded, lookUps);
            closed.add(0, waits);
            List<Route> routes = new ArrayList<>();
            routes.addAll(new UploadRoutes(uploads, quotas, clock).routes());
            routes.addAll(new LogRoutes(uploads, runs, quotas, clock).routes());
            routes.addAll(new RunRoutes(runs, waits, overdue, downloads, drafts, DiskRoom::measured).routes());
            routes.addAll(new AgentRoutes(contacts, clock).routes());
            routes.addAll(new OpenRoutes(notReadyReason).routes());
            Optional<SslContextFactory.Server> context = Optional.empty();
            TlsReload tls = null;
            if (settings.tls().isPresent()) {
                context = Optional.of(settings.tls().get().open());
                tls = new TlsReload(settings.tls().get(), context.get(), events);
            }
            HttpServer server = HttpServer.start(
                    settings.address(),
                    context,
                    settings.limits(),
                    routes,
                    new CredentialGate(credentials, quotas, clock),
                    listener(events));
            Intake intake = new Intake(server, waits, tls, notReadyReason, timer(), closed);
            intake.schedule(
                    () -> {
                        drafts.sweep(clock.instant());
                        uploads.sweep();
                    },
                    events);
            events.opened(intake);
            started = true;
            return intake;
        } finally {
            if (!started) {
                closeAll(closed);
            }
        }
    }

    private static LogPublisher counted(LogPublisher publisher, IntakeEvents events) {
        return new LogPublisher() {
            @Override
            public void publish(LogAccepted log) throws RequestException {
                publisher.publish(log);
                events.accepted(log);
            }

            @Override
            public void requireReady() throws RequestException {
                publisher.requireReady();
            }
        };
    }

    private static ExchangeListener listener(IntakeEvents events) {
        return new ExchangeListener() {
            @Override
            public void replied(Exchange exchange, int status, Optional<ErrorCode> code) {
                events.replied(exchange, status, code);
            }

            @Override
            public void failed(Exchange exchange, Throwable cause) {
                String where = (exchange.method() + " " + exchange.subject()).trim();
                if (cause instanceof IOException e) {
                    events.transientFailure(where, e);
                } else {
                    events.requestFailed(where, cause);
                }
            }
        };
    }

    private static ScheduledExecutorService timer() {
        return Executors.newSingleThreadScheduledExecutor(task -> {
            Thread created = new Thread(task, "dynoai-intake-timer");
            created.setDaemon(true);
            return created;
        });
    }

    /** Removes what is no longer needed. */
    @FunctionalInterface
    private interface Sweep {
        void run() throws IOException;
    }

    private void schedule(Sweep sweep, IntakeEvents events) {
        if (tls != null) {
            repeat(tls::look, TLS_LOOK_SECONDS, TLS_LOOK_SECONDS);
        }
        repeat(() -> run(sweep, events), 0, SWEEP_SECONDS);
    }

    private void repeat(Runnable task, long afterSeconds, long everySeconds) {
        @SuppressWarnings("unused") // It ends with the timer.
        Future<?> repeated = timer.scheduleWithFixedDelay(task, afterSeconds, everySeconds, TimeUnit.SECONDS);
    }

    /** Reports every failure: a task that throws is not repeated. */
    private void run(Sweep sweep, IntakeEvents events) {
        try {
            sweep.run();
        } catch (IOException e) {
            if (!timer.isShutdown()) { // Which interrupts it.
                events.transientFailure("sweep", e);
            }
        } catch (RuntimeException e) {
            events.requestFailed("sweep", e);
        }
    }

    /** The port for shops. */
    public int port() {
        return server.port();
    }

    /** The number of open connections. */
    @Override
    public int connections() {
        return server.connections();
    }

    @Override
    public Optional<Instant> certificateNotAfter() {
        return tls == null ? Optional.empty() : Optional.of(tls.notAfter());
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String notReadyReason() {
        return notReadyReason.get();
    }

    /** Logs may arrive at any time, but none waits here. */
    @Override
    public boolean isIdle() {
        return isReady();
    }

    @Override
    public Optional<String> failure() {
        return Optional.empty();
    }

    @Override
    public void close() throws IOException {
        timer.shutdownNow();
        waits.close();
        server.close();
        closeAll(parts);
    }

    private static void closeAll(List<AutoCloseable> parts) throws IOException {
        for (AutoCloseable part : parts) {
            try {
                part.close();
            } catch (IOException e) {
                throw e;
            } catch (Exception e) {
                throw new IOException(e);
            }
        }
    }
}
