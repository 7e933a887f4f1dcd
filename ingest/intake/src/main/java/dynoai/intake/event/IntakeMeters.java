package dynoai.intake.event;

import dynoai.intake.http.ErrorCode;
import dynoai.intake.http.Exchange;
import dynoai.schemas.meter.ShopTag;
import dynoai.schemas.record.LogAccepted;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Instant;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/** The meters of the intake, fed by its events. Labels are the shop and the code; never a run or a file name. */
public final class IntakeMeters implements IntakeEvents {
    private static final String CODE = "code";
    private static final String OK = "OK";

    private final MeterRegistry registry;

    public IntakeMeters(MeterRegistry registry) {
        this.registry = registry;
    }

    @Override
    public void opened(Gauges gauges) {
        Gauge.builder("dynoai.intake.connections.open", gauges, Gauges::connections)
                .description("Open connections of shops")
                .strongReference(true)
                .register(registry);
        if (gauges.certificateNotAfter().isPresent()) {
            Gauge.builder("dynoai.intake.certificate.not.after.timestamp.seconds", gauges, IntakeMeters::notAfter)
                    .description("The end of the certificate's validity")
                    .strongReference(true)
                    .register(registry);
        }
    }

    private static double notAfter(Gauges gauges) {
        return gauges.certificateNotAfter().map(Instant::getEpochSecond).orElse(0L);
    }

    @Override
    public void counted(String shop, Quota quota) {
        gauge("dynoai.intake.quota.bytes.used", "Bytes that a shop sent today", shop, quota, Quota::bytesToday);
        gauge(
                "dynoai.intake.quota.bytes.limit",
                "Bytes that a shop may send in a day",
                shop,
                quota,
                Quota::bytesPerDay);
    }

    /** A sum would need all shops, so those without a series of their own have none. */
    private void gauge(String name, String description, String shop, Quota quota, ToDoubleFunction<Quota> value) {
        Gauge gauge = Gauge.builder(name, quota, value)
                .description(description)
                .tag(ShopTag.KEY, shop)
                .strongReference(true)
                .register(registry);
        if (ShopTag.OTHER.equals(gauge.getId().getTag(ShopTag.KEY))) {
            registry.remove(gauge);
        }
    }

    @Override
    public void received(String shop, long bytes) {
        Counter.builder("dynoai.intake.bytes.received")
                .description("Bytes of logs that arrived")
                .tag(ShopTag.KEY, shop)
                .register(registry)
                .increment((double) bytes);
    }

    @Override
    public void accepted(LogAccepted log) {
        Counter.builder("dynoai.intake.logs.accepted")
                .description("Logs that arrived whole and were handed on; a repeated log counts again")
                .tag(ShopTag.KEY, log.shop())
                .register(registry)
                .increment();
    }

    @Override
    public void replied(Exchange exchange, int status, Optional<ErrorCode> code) {
        Counter.builder("dynoai.intake.requests")
                .description("Requests, by the code of their reply")
                .tag(CODE, code.map(ErrorCode::name).orElse(OK))
                .register(registry)
                .increment();
        exchange.findCaller()
                .filter(caller -> code.equals(Optional.of(ErrorCode.QUOTA_EXCEEDED)))
                .ifPresent(caller -> Counter.builder("dynoai.intake.quota.exceeded")
                        .description("Requests beyond a quota of their shop")
                        .tag(ShopTag.KEY, caller.shop())
                        .register(registry)
                        .increment());
    }

    @Override
    public void transientFailure(String where, Exception cause) {
        Counter.builder("dynoai.intake.retries")
                .description("Retries after a transient failure")
                .register(registry)
                .increment();
    }

    @Override
    public void warning(String where, String message) {
        Counter.builder("dynoai.intake.warnings")
                .description("Problems that are reported and not retried")
                .register(registry)
                .increment();
    }
}
