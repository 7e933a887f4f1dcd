package dynoai.broker;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/** Two different free ports on loopback; the controller's must be known before it starts. */
record Ports(int broker, int controller) {
    static Ports free(int wanted) throws BrokerStartException {
        try (ServerSocket first = open(wanted)) {
            try (ServerSocket second = open(0)) {
                return new Ports(first.getLocalPort(), second.getLocalPort());
            }
        } catch (IOException taken) {
            throw new BrokerStartException(
                    "port " + wanted + " on 127.0.0.1 cannot be had: " + taken.getMessage(), taken);
        }
    }

    private static ServerSocket open(int port) throws IOException {
        return new ServerSocket(port, 1, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}));
    }
}
