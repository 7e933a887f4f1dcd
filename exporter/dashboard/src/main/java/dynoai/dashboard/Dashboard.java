package dynoai.dashboard;

import dynoai.catalogue.Catalogue;
import dynoai.catalogue.CatalogueException;
import dynoai.catalogue.feed.CatalogueFeed;
import dynoai.catalogue.run.RunLine;
import dynoai.catalogue.shelf.FolderSweep;
import dynoai.catalogue.shelf.RunFolders;
import dynoai.catalogue.shelf.ShelfSweep;
import dynoai.dashboard.act.ActSettings;
import dynoai.dashboard.act.Acts;
import dynoai.dashboard.api.Api;
import dynoai.dashboard.api.Pages;
import dynoai.dashboard.api.Views;
import dynoai.dashboard.board.RunBoard;
import dynoai.dashboard.board.Throughput;
import dynoai.dashboard.feed.AgentFeed;
import dynoai.dashboard.feed.FleetFeed;
import dynoai.dashboard.feed.UploadFeed;
import dynoai.dashboard.http.Access;
import dynoai.dashboard.http.Limits;
import dynoai.dashboard.http.SignIn;
import dynoai.dashboard.http.WebServer;
import dynoai.dashboard.runs.LeftFiles;
import dynoai.exporter.shelf.RunShelf;
import dynoai.schemas.access.Credentials;
import dynoai.schemas.kafka.KafkaClients;
import dynoai.schemas.record.RunResult;
import dynoai.schemas.stage.RetryLoop;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The running dashboard. It shows the folder of runs, so it works without a pipeline. Runs in flight come from the stages
 * through {@link #events()}, or from a feed that puts them on the {@link #board()}.
 */
public final class Dashboard implements AutoCloseable {
    private static final Duration SCAN_INTERVAL = Duration.ofSeconds(1);
    private static final Duration SHELF_RETRY_DELAY = Duration.ofMinutes(1);
    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(1);
    private static final Duration MIN_SCAN_PAUSE = Duration.ofMillis(10);

    private final RunBoard board;
    private final Throughput throughput;
    private final Catalogue catalogue;
    private final boolean stagesAreHere;
    private final RunFolders folders;
    private final FolderSweep sweep;
    private final @Nullable LeftFiles leftFiles;
    private final BoardEvents events;
    private final FleetFeed fleet = new FleetFeed();
    private final @Nullable RetryLoop shelfScans;
    private final RetryLoop scans =
            RetryLoop.of("dynoai-dashboard", MIN_SCAN_PAUSE, SCAN_INTERVAL, this::scan, this::isTransient);
    private final WebServer web;
    private final StatusServer status;
    private final Supplier<Pages.Health> ready;
    private volatile String scanFailure = "";
    private volatile @Nullable CatalogueFeed feed;

    private Dashboard(DashboardSettings settings) throws IOException {
        this.catalogue = settings.catalogue();
        this.stagesAreHere = settings.stagesAreHere();
        this.board = new RunBoard(catalogue);
        this.throughput = new Throughput(Clock.systemUTC());
        this.folders = settings.folders();
        this.sweep = new FolderSweep(catalogue, folders, board::written);
        this.shelfScans = shelfScans(catalogue, folders, board);
        this.leftFiles = stagesAreHere ? null : new LeftFiles(folders.drop(), Clock.systemUTC());
        this.events = new BoardEvents(board, throughput, Clock.systemUTC());
        Place place = settings.place();
        InetAddress address = InetAddress.getByName(place.host());
        this.ready = settings.ready();
        @Nullable ActSettings changes = settings.acts();
        @Nullable Acts acts = changes == null ? null : new Acts(folders, changes);
        Api api = new Api(settings.recipes(), fleet, acts);
        Views views = new Views(board, throughput, folders, this::degraded);
        Pages pages = new Pages(api, views, acts, settings.metrics(), settings.live(), settings.ready());
        @Nullable Credentials credentials = settings.credentials();
        @Nullable SignIn signIn = credentials == null ? null : new SignIn(credentials);
        Access access = signIn == null
                ? Access.ofPage(address, place.token(), place.names())
                : Access.ofSignIn(address, signIn, place.names());
        if (acts != null) {
            access = access.withPosts(acts.secret());
        }
        this.web = WebServer.start(address, place.port(), access, pages, Limits.PAGE);
        try {
            this.status = StatusServer.start(
                    address,
                    List.of(place.healthPort()),
                    signIn == null ? Access.ofStatus(address, place.token()) : Access.ofStatus(address, signIn),
                    settings.metrics(),
                    settings.live(),
                    settings.ready());
        } catch (IOException | RuntimeException e) {
            web.close();
            throw e;
        }
    }

    /**
     * @throws IllegalArgumentException when the address is not loopback and there is no token
     * @throws IOException when a port is taken
     */
    public static Dashboard start(DashboardSettings settings) throws IOException {
        Dashboard dashboard = new Dashboard(settings);
        dashboard.scans.start();
        if (dashboard.shelfScans != null) {
            dashboard.shelfScans.start();
        }
        return dashboard;
    }

    /** Listing a shelf takes long, so the board does not wait for it. */
    private static @Nullable RetryLoop shelfScans(Catalogue catalogue, RunFolders folders, RunBoard board) {
        @Nullable RunShelf shelf = folders.shelf();
        if (shelf == null) {
            return null;
        }
        ShelfSweep sweep = new ShelfSweep(catalogue, folders, shelf, board::written);
        return RetryLoop.of(
                "dynoai-dashboard-shelf",
                SCAN_INTERVAL,
                SHELF_RETRY_DELAY,
                loop -> {
                    sweep.step();
                    loop.sleep(SCAN_INTERVAL);
                },
                Exception.class::isInstance);
    }

    public int port() {
        return web.port();
    }

    /** Returns the port of health and metrics alone. */
    public int healthPort() {
        return status.port();
    }

    public RunBoard board() {
        return board;
    }

    public Throughput throughput() {
        return throughput;
    }

    /** Writes the results on Kafka to the catalogue from now on. */
    public void follow(KafkaClients clients) {
        feed = CatalogueFeed.start(clients, catalogue, folders, new CatalogueFeed.Listener() {
            @Override
            public void written(List<RunLine> runs) throws CatalogueException {
                board.written(runs);
            }

            @Override
            public void ended(RunResult result) {
                if (!stagesAreHere) {
                    throughput.runEnded(result.key().shop(), result.completedAtMillis(), result.rowsRead());
                }
            }
        });
    }

    /** Shows what Kafka has of the shops from now on: agents, uploads and limits. */
    public void followShops(KafkaClients clients) {
        fleet.follow(clients);
    }

    /** Returns the latest contacts of the shops' agents. */
    public AgentFeed agents() {
        return fleet.agents();
    }

    /** Returns what the shops uploaded today. */
    public UploadFeed uploads() {
        return fleet.uploads();
    }

    /** Returns the listener for the stages of this process. */
    public BoardEvents events() {
        return events;
    }

    /** Returns why runs may be missing or late; empty if they are not. */
    public String degraded() {
        Pages.Health health = ready.get();
        if (!health.ok() || !scanFailure.isEmpty()) {
            return health.ok() ? scanFailure : health.text();
        }
        @Nullable CatalogueFeed followed = feed;
        return followed == null ? "" : followed.degraded();
    }

    /** Returns the number of open event streams. */
    public int openStreams() {
        return web.openStreams();
    }

    /** Returns the number of requests answered so far. */
    public long answered() {
        return web.answered();
    }

    @Override
    public void close() {
        if (feed != null) {
            feed.close();
        }
        fleet.close();
        scans.stop(STOP_TIMEOUT);
        if (shelfScans != null) {
            shelfScans.stop(STOP_TIMEOUT);
        }
        web.close();
        status.close();
    }

    private void scan(RetryLoop loop) throws IOException, InterruptedException {
        catalogue.repair();
        board.refresh();
        board.flush();
        sweep.step();
        if (leftFiles != null) {
            leftFiles.update(board, System.nanoTime());
        }
        scanFailure = "";
        long nextScan = System.nanoTime() + SCAN_INTERVAL.toNanos();
        for (long left = SCAN_INTERVAL.toNanos(); left > 0 && !loop.isStopping(); left = nextScan - System.nanoTime()) {
            board.awaitReport(Duration.ofNanos(left));
            board.flush();
        }
    }

    private boolean isTransient(Throwable failure) {
        scanFailure = failure.toString();
        return failure instanceof Exception;
    }
}
