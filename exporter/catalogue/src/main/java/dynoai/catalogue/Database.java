package dynoai.catalogue;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.pool.HikariPool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.attribute.BasicFileAttributes;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.locks.ReentrantLock;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jdbi.v3.core.statement.SqlStatements;
import org.jspecify.annotations.Nullable;

/** An open database with the schema of a catalogue. Writers take turns. */
final class Database implements AutoCloseable {
    private static final int MAX_CONNECTIONS = 4;
    private static final Duration CONNECTION_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration BUSY_TIMEOUT = Duration.ofSeconds(10);

    /** The key of the advisory lock that the writers of a shared database hold. */
    private static final long WRITER_LOCK = 0x64_79_6e_6f_61_69_63_61L;

    /** Result codes of SQLite: the file is malformed, is not a database, or cannot be read. */
    private static final List<Integer> DAMAGE = List.of(10, 11, 14, 26);

    private final CatalogueAddress address;
    private final HikariDataSource pool;
    private final Jdbi jdbi;
    private final ReentrantLock writing = new ReentrantLock();
    private final @Nullable Object fileKey;
    private volatile boolean damaged;

    /** What is done with a connection. */
    @FunctionalInterface
    interface Work<T> {
        T with(Handle handle) throws CatalogueException;
    }

    private Database(CatalogueAddress address, HikariDataSource pool) throws IOException {
        this.address = address;
        this.pool = pool;
        // The parts of a query share its values.
        this.jdbi = Jdbi.create(pool).configure(SqlStatements.class, config -> config.setUnusedBindingAllowed(true));
        this.fileKey = fileKey();
    }

    /** Opens a database and brings its schema up to date. A SQLite file that cannot be used is made again. */
    static Database open(CatalogueAddress address) throws IOException {
        if (address instanceof CatalogueAddress.File file) {
            try {
                return connect(address);
            } catch (CatalogueException ignored) { // It is damaged, or of another version.
                CatalogueAddress.delete(file.path());
            }
        }
        return connect(address);
    }

    private static Database connect(CatalogueAddress address) throws IOException {
        HikariDataSource pool = null;
        try {
            pool = new HikariDataSource(settings(address));
            boolean sqlite = address instanceof CatalogueAddress.File;
            Flyway.configure(Database.class.getClassLoader())
                    .dataSource(pool)
                    .locations("classpath:dynoai/catalogue/" + (sqlite ? "sqlite" : "postgresql"))
                    .table("catalogue_schema")
                    .baselineOnMigrate(!sqlite)
                    .baselineVersion("0")
                    .load()
                    .migrate();
            return new Database(address, pool);
        } catch (FlywayException | JdbiException | HikariPool.PoolInitializationException e) {
            if (pool != null) {
                pool.close();
            }
            throw new CatalogueException("cannot open the catalogue " + address + ": " + reason(e), e);
        }
    }

    private static HikariConfig settings(CatalogueAddress address) throws IOException {
        HikariConfig config = new HikariConfig();
        config.setPoolName("dynoai-catalogue");
        config.setMaximumPoolSize(MAX_CONNECTIONS);
        config.setMinimumIdle(1);
        config.setConnectionTimeout(CONNECTION_TIMEOUT.toMillis());
        if (address instanceof CatalogueAddress.File file) {
            Files.createDirectories(file.path().toAbsolutePath().getParent());
            config.setJdbcUrl("jdbc:sqlite:" + file.path());
            config.addDataSourceProperty("journal_mode", "WAL");
            config.addDataSourceProperty("synchronous", "NORMAL");
            config.addDataSourceProperty("busy_timeout", Long.toString(BUSY_TIMEOUT.toMillis()));
            config.addDataSourceProperty("transaction_mode", "IMMEDIATE");
        } else if (address instanceof CatalogueAddress.Server server) {
            config.setJdbcUrl(server.url());
        }
        return config;
    }

    private static String reason(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return String.valueOf(cause.getMessage()).strip();
    }

    boolean isSqlite() {
        return address instanceof CatalogueAddress.File;
    }

    /** Whether the SQLite file was found damaged, or is no longer the one that was opened. */
    boolean isLost() {
        try {
            return damaged || isSqlite() && !Objects.equals(fileKey, fileKey());
        } catch (IOException ignored) {
            return true; // The file is gone.
        }
    }

    private @Nullable Object fileKey() throws IOException {
        return address instanceof CatalogueAddress.File file
                ? Files.readAttributes(file.path(), BasicFileAttributes.class).fileKey()
                : null;
    }

    <T> T read(Work<T> work) throws CatalogueException {
        try (Handle handle = jdbi.open()) {
            return work.with(handle);
        } catch (JdbiException e) {
            throw failed(e);
        }
    }

    /** Reads the database as it is at one moment: no statement sees what is written after the first one. */
    <T> T readSnapshot(Work<T> work) throws CatalogueException {
        return read(handle -> {
            handle.execute(isSqlite() ? "begin deferred" : "begin isolation level repeatable read read only");
            try {
                return work.with(handle);
            } finally {
                handle.execute("rollback");
            }
        });
    }

    /** Runs work in a transaction that no other writer of the catalogue overlaps. */
    <T> T write(Work<T> work) throws CatalogueException {
        writing.lock();
        try (Handle handle = jdbi.open()) {
            return handle.inTransaction(transaction -> {
                if (!isSqlite()) {
                    transaction.execute("select pg_advisory_xact_lock(?)", WRITER_LOCK);
                }
                return work.with(transaction);
            });
        } catch (JdbiException e) {
            throw failed(e);
        } finally {
            writing.unlock();
        }
    }

    private CatalogueException failed(JdbiException e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (isSqlite() && cause instanceof SQLException sql && DAMAGE.contains(sql.getErrorCode() & 0xff)) {
                damaged = true;
            }
        }
        return new CatalogueException("the catalogue " + address + " failed: " + reason(e), e);
    }

    @Override
    public void close() {
        pool.close();
    }
}
