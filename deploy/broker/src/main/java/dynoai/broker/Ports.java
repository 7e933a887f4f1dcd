package dynoai.broker;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/** Two free ports on loopback, for listeners that must be configured before the start. */
record Ports(int broker, int controller) {
    static Ports free(int wanted) throws BrokerStartException {
        try (ServerSocket first = open(wanted)) {
            try (ServerSocket second = open(0)) {
                return new Ports(first.getLocalPort(), second.getLocalPort());
            }
        } catch (IOException e) {
            throw new BrokerStartException("cannot bind port " + wanted + " on 127.0.0.1: " + e.getMessage(), e);
        }
    }

    private static ServerSocket open(int port) throws IOException {
        return new ServerSocket(port, 1, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}));
    }
}
