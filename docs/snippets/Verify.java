// 이벤트가 정말 결제 서버에서 왔는지 확인합니다 · Is a delivery really from the payment server? Java 17
// PAY_EVENTS_KEY=whsec_… java Verify.java <webhook-id> <webhook-timestamp> <webhook-signature> < body

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

class Verify {
    static final long TOLERANCE = 300;

    /** body: 받은 그대로의 바이트 · the bytes as they came, before anything parses them. */
    static boolean isGenuine(String id, String timestamp, String signature, byte[] body, List<String> keys)
            throws Exception {
        if (!timestamp.matches("\\d{1,12}")
                || Math.abs(Instant.now().getEpochSecond() - Long.parseLong(timestamp)) > TOLERANCE) {
            return false;
        }
        for (String key : keys) {
            byte[] secret = Base64.getDecoder().decode(key.substring("whsec_".length()));
            Mac hmac = Mac.getInstance("HmacSHA256");
            hmac.init(new SecretKeySpec(secret, "HmacSHA256"));
            hmac.update((id + "." + timestamp + ".").getBytes(UTF_8));
            byte[] wanted = ("v1," + Base64.getEncoder().encodeToString(hmac.doFinal(body))).getBytes(UTF_8);
            for (String entry : signature.split(" ")) {
                if (MessageDigest.isEqual(wanted, entry.getBytes(UTF_8))) {
                    return true;
                }
            }
        }
        return false;
    }

    public static void main(String[] args) throws Exception {
        byte[] body = System.in.readAllBytes();
        boolean genuine = isGenuine(args[0], args[1], args[2], body, List.of(System.getenv("PAY_EVENTS_KEY")));
        System.out.println(genuine ? "genuine" : "forged");
    }
}
