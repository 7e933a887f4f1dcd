package dynoai.dashboard;

import dynoai.dashboard.api.Api;
import dynoai.dashboard.api.Pages;
import dynoai.dashboard.board.RunBoard;
import dynoai.dashboard.board.Throughput;
import dynoai.dashboard.http.Access;
import dynoai.dashboard.http.WebServer;
import dynoai.dashboard.runs.RunFolders;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Clock;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * A running dashboard. It shows what lies in the folder of runs, so it works with nothing else running; whoever knows of
 * runs in flight tells its {@link #board()}, or hands its {@link #events()} to the stages.
 */
public final class Dashboard implements AutoCloseable {
    private static final long LOOK_MILLIS = 1000;

    private final RunBoard board;
    private final Throughput throughput;
    private final RunFolders folders;
    private final BoardEvents events;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread looking = new Thread(this::look, "dynoai-dashboard");
    private final WebServer web;
    private final Supplier<Pages.Health> ready;
    private volatile String trouble = "";

    private Dashboard(DashboardSettings settings) throws IOException {
        this.board = new RunBoard();
        this.throughput = new Throughput(Clock.systemUTC());
        this.folders = new RunFolders(settings.runs(), settings.drop());
        this.events = new BoardEvents(board, throughput, Clock.systemUTC());
        InetAddress address = InetAddress.getByName(settings.host());
        this.ready = settings.ready();
        Api api = new Api(board, throughput, folders, this::trouble);
        Pages pages = new Pages(api, settings.metrics(), settings.live(), settings.ready());
        this.web = WebServer.start(address, settings.port(), Access.of(address, settings.token()), pages);
        looking.setDaemon(true);
    }

    /**
     * @throws IllegalArgumentException when the address can be reached from elsewhere and there is no token
     * @throws IOException when the port is taken
     */
    public static Dashboard start(DashboardSettings settings) throws IOException {
        Dashboard dashboard = new Dashboard(settings);
        dashboard.looking.start();
        return dashboard;
    }

    public int port() {
        return web.port();
    }

    public RunBoard board() {
        return board;
    }

    public Throughput throughput() {
        return throughput;
    }

    /** To be told by the stages of this process. */
    public BoardEvents events() {
        return events;
    }

    /** Why something may be missing or late; empty when all is well. */
    public String trouble() {
        Pages.Health health = ready.get();
        return health.ok() ? trouble : health.text();
    }

    /** Pages that are open and listening. */
    public int openStreams() {
        return web.openStreams();
    }

    /** Requests answered so far. */
    public long answered() {
        return web.answered();
    }

    @Override
    public void close() {
        closing.countDown();
        web.close();
    }

    private void look() {
        try {
            do {
                try {
                    folders.update(board);
                    trouble = "";
                } catch (IOException | RuntimeException failed) {
                    trouble = failed.toString();
                }
            } while (!closing.await(LOOK_MILLIS, TimeUnit.MILLISECONDS));
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
