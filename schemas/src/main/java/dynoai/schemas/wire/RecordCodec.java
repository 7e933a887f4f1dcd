package dynoai.schemas.wire;

import dynoai.schemas.log.Channel;
import dynoai.schemas.log.LogFormat;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.jspecify.annotations.Nullable;

/**
 * Writes and reads a Java record by Avro's own writer and reader. A component {@code runId} is the field {@code run_id}, and
 * a component {@code sinceMillis} the field {@code since}. The fields of a component that has no field of its name are fields
 * of the enclosing record. The branches of a union are the permitted subclasses of a sealed interface, in their order.
 */
final class RecordCodec<T> implements Codec<T> {
    private final Class<T> type;
    private final Schema schema;
    private final Map<Place, Layout> layouts = new ConcurrentHashMap<>();

    RecordCodec(Class<T> type, AvroSchema schema) {
        this.type = type;
        this.schema = schema.schema();
    }

    /** Returns a codec of another type that is converted into the record and back. */
    <R> Codec<R> of(Function<R, T> toRecord, Function<T, R> fromRecord) {
        Codec<T> records = this;
        return new Codec<>() {
            @Override
            public void write(BinaryOutput out, R message) {
                records.write(out, toRecord.apply(message));
            }

            @Override
            public R read(BinaryInput in) throws UnreadableRecordException {
                return fromRecord.apply(records.read(in));
            }
        };
    }

    @Override
    public void write(BinaryOutput out, T message) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(bytes, null);
        try {
            new GenericDatumWriter<>(schema).write(toAvro(message, schema), encoder);
            encoder.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        out.writeRaw(bytes.toByteArray(), bytes.size());
    }

    @Override
    public T read(BinaryInput in) throws UnreadableRecordException {
        try {
            BinaryDecoder decoder = in.decoder(DecoderFactory.get());
            Object datum = new GenericDatumReader<>(schema).read(null, decoder);
            in.skip(in.remaining() - decoder.inputStream().available());
            return type.cast(fromAvro(datum, schema, type));
        } catch (IOException | RuntimeException e) {
            throw new UnreadableRecordException("not a " + schema.getName() + ": " + e.getMessage(), e);
        }
    }

    private Object toAvro(Object value, Schema schema) {
        return switch (schema.getType()) {
            case RECORD -> fill(new GenericData.Record(schema), value);
            case UNION -> toAvro(value, schema.getTypes().get(branch(value)));
            case ARRAY ->
                ((List<?>) value)
                        .stream()
                                .map(item -> toAvro(item, schema.getElementType()))
                                .toList();
            case MAP -> new TreeMap<>((Map<?, ?>) value); // sorted, so that equal maps are equal bytes
            case STRING -> text(value);
            default -> value;
        };
    }

    private GenericRecord fill(GenericRecord record, Object value) {
        for (Part part : layout(value.getClass(), record.getSchema()).parts) {
            Object component = part.of(value);
            if (part.field == null) {
                fill(record, component);
            } else {
                record.put(part.field.pos(), toAvro(component, part.field.schema()));
            }
        }
        return record;
    }

    private static int branch(Object value) {
        Class<?>[] branches = value.getClass().getInterfaces()[0].getPermittedSubclasses();
        return List.of(branches).indexOf(value.getClass());
    }

    private static String text(Object value) {
        if (value instanceof Channel channel) {
            return channel.key();
        }
        return value instanceof LogFormat format ? format.key() : value.toString();
    }

    private Object fromAvro(Object datum, Schema schema, Type type) {
        return switch (schema.getType()) {
            case RECORD -> construct((GenericRecord) datum, (Class<?>) type);
            case UNION -> {
                int branch = GenericData.get().resolveUnion(schema, datum);
                Class<?> subclass = ((Class<?>) type).getPermittedSubclasses()[branch];
                yield fromAvro(datum, schema.getTypes().get(branch), subclass);
            }
            case ARRAY -> {
                Type item = ((ParameterizedType) type).getActualTypeArguments()[0];
                yield ((Collection<?>) datum)
                        .stream()
                                .map(element -> fromAvro(element, schema.getElementType(), item))
                                .toList();
            }
            case MAP -> {
                Map<String, String> texts = new TreeMap<>();
                ((Map<?, ?>) datum).forEach((key, text) -> texts.put(key.toString(), text.toString()));
                yield Collections.unmodifiableMap(texts);
            }
            case STRING -> ofText(datum.toString(), type);
            default -> datum;
        };
    }

    private Object construct(GenericRecord record, Class<?> type) {
        Layout layout = layout(type, record.getSchema());
        Object[] values = new Object[layout.parts.size()];
        for (int i = 0; i < values.length; i++) {
            Part part = layout.parts.get(i);
            values[i] = part.field == null
                    ? construct(record, (Class<?>) part.type)
                    : fromAvro(record.get(part.field.pos()), part.field.schema(), part.type);
        }
        return layout.of(values);
    }

    private static Object ofText(String text, Type type) {
        if (type == LogFormat.class) {
            return ofKey(LogFormat.values(), LogFormat::key, text);
        }
        return type == Channel.class ? ofKey(Channel.values(), Channel::key, text) : text;
    }

    private static <E> E ofKey(E[] values, Function<E, String> key, String text) {
        for (E value : values) {
            if (key.apply(value).equals(text)) {
                return value;
            }
        }
        throw new IllegalArgumentException("unknown key '" + text + "'");
    }

    /** {@code sinceMillis} becomes {@code since}, {@code runId} becomes {@code run_id}. */
    private static String fieldName(RecordComponent component) {
        String name = component.getName().replaceAll("Millis$", "");
        return name.replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
    }

    private Layout layout(Class<?> type, Schema record) {
        return layouts.computeIfAbsent(new Place(type, record.getFullName()), place -> Layout.of(type, record));
    }

    /** A Java record and the record of the schema that has its fields. */
    private record Place(Class<?> type, String schema) {}

    /** The components of a Java record in the schema; found once, because reflection and names cost far more than the values. */
    private record Layout(Constructor<?> constructor, List<Part> parts) {
        static Layout of(Class<?> type, Schema record) {
            List<Part> parts = new ArrayList<>();
            RecordComponent[] components = type.getRecordComponents();
            Class<?>[] types = new Class<?>[components.length];
            for (int i = 0; i < components.length; i++) {
                types[i] = components[i].getType();
                Schema.@Nullable Field field = record.getField(fieldName(components[i]));
                Method accessor = components[i].getAccessor();
                accessor.setAccessible(true);
                parts.add(new Part(field, field == null ? types[i] : components[i].getGenericType(), accessor));
            }
            try {
                Constructor<?> constructor = type.getDeclaredConstructor(types);
                constructor.setAccessible(true);
                return new Layout(constructor, List.copyOf(parts));
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException(e);
            }
        }

        Object of(Object[] values) {
            try {
                return constructor.newInstance(values);
            } catch (InvocationTargetException e) {
                throw new IllegalArgumentException(e.getCause());
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    /** @param field null if the component's own components are fields of the enclosing record */
    private record Part(Schema.@Nullable Field field, Type type, Method accessor) {
        Object of(Object value) {
            try {
                return accessor.invoke(value);
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
