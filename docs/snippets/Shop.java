// 쇼핑몰 서버의 세 가지 일: 주문 만들기, 결과에 따라 움직이기, 환불하기. Java 17 이상, 라이브러리 없이.
// What a shop's server does: create an order, act on its outcome, refund. Java 17 or newer, no libraries.
//
//   export G=http://127.0.0.1:3000 KEY=...
//   java Shop.java create  ord-20260805-000171
//   java Shop.java outcome ord-20260805-000171
//   java Shop.java refund  ord-20260805-000171 return-171 20000

import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.regex.Pattern;

public class Shop {
  static final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(Duration.ofSeconds(5)).build();

  /** 거절되었고 아무것도 하지 않았습니다. code로 판단하세요. · Refused, nothing was done: decide by its code. */
  static class Refused extends RuntimeException {
    Refused(String code) {
      super(code);
    }
  }

  /** 결과를 모릅니다. 나중에 같은 번호나 키로 다시 부르세요. · Unknown: call again later, under the same number or key. */
  static class Unknown extends RuntimeException {}

  /** 쇼핑몰에서는 쓰던 JSON 라이브러리로 읽으세요. · In a shop, read it with the JSON library you have. */
  static String field(String json, String name) {
    var found = Pattern.compile("\"" + name + "\":\\s*(?:\"([^\"]*)\"|null)").matcher(json);
    return found.find() ? found.group(1) : null;
  }

  /** 답이 없으면 null. · Null without a whole answer. */
  static HttpResponse<String> sendOnce(HttpRequest request) throws InterruptedException {
    try {
      return http.send(request, HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
    } catch (IOException lost) {
      return null;
    }
  }

  /**
   * 같은 요청을 글자 하나 바꾸지 않고 다시 보냅니다. 번호와 키가 같으니 돈은 한 번만 움직입니다.
   * Sends the same request again as it is: its number and key stay, so money moves once.
   */
  static String call(String method, String path, String body, String idempotencyKey) throws InterruptedException {
    var asked =
        HttpRequest.newBuilder(URI.create(System.getenv("G") + path))
            .timeout(Duration.ofSeconds(35))
            .header("Authorization", "Bearer " + System.getenv("KEY"))
            .header("Content-Type", "application/json")
            .method(
                method,
                body == null
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofString(body, StandardCharsets.UTF_8));
    if (idempotencyKey != null) asked.header("Idempotency-Key", idempotencyKey);
    var request = asked.build();
    boolean isInDoubt = false;
    String why = null;
    for (long pauseMs : new long[] {500, 1_000, 2_000, 4_000, 8_000, 8_000, 8_000, 0}) {
      var seen = sendOnce(request);
      int status = seen == null ? 0 : seen.statusCode();
      String told = seen == null ? "" : seen.body();
      String code = field(told, "code");
      boolean isTaken = status >= 200 && status < 300;
      if (isTaken && (status != 202 || "scheduled".equals(field(told, "state")))) return told;
      why = code == null ? "HTTP " + status : code;
      // code가 없는 5xx는 API Gateway의 답입니다. 처리되었는지 알 수 없습니다.
      // A 5xx without a code is API Gateway's own, which knows nothing of what was done.
      if (seen == null || status == 202 || (status >= 500 && (code == null || code.equals("internal"))))
        isInDoubt = true;
      else if (status < 500 && status != 429 && !"operation_in_flight".equals(code)) {
        if (isInDoubt && (code == null || status == 401 || status == 403)) throw new Unknown();
        throw new Refused(why);
      }
      String waitS = seen == null ? "0" : seen.headers().firstValue("retry-after").orElse("0");
      long waitMs = waitS.matches("\\d+") ? Long.parseLong(waitS) * 1_000 : 0;
      if (pauseMs > 0) Thread.sleep(Math.max(pauseMs, waitMs));
    }
    if (isInDoubt) throw new Unknown();
    throw new Refused(why);
  }

  /** 같은 번호와 본문은 같은 주문입니다. · The same number and body are the same order. */
  static String create(String merchantUid) throws InterruptedException {
    String order =
        """
        {"merchant_uid":"%s","name":"양말 두 켤레","amount":55000,"pay_method":"card","buyer_name":"홍길동"}"""
            .formatted(merchantUid);
    // request_pay를 그대로 IMP.request_pay에 넘기세요. · Its request_pay is for IMP.request_pay, as it is.
    String created = call("POST", "/orders", order, null);
    var requestPay = Pattern.compile("\"request_pay\":(\\{.*\\}),\"sdk\"").matcher(created);
    if (!requestPay.find()) throw new IllegalStateException(created);
    return requestPay.group(1);
  }

  /** 브라우저의 말이 아니라 이 답으로 출고하세요. · Ship on this answer, never on what a browser says. */
  static String outcome(String merchantUid) throws InterruptedException {
    String order = call("GET", "/orders/" + merchantUid, null, null);
    if (field(order, "review_reason") != null) return "hold"; // 담당자가 확인합니다 · a person looks first
    return switch (field(order, "state")) {
      case "paid" -> "ship";
      case "created", "approved", "awaiting_deposit" -> "wait";
      case "failed", "expired" -> "pay again"; // 새 주문번호로 · under a new order number
      default -> "stop";
    };
  }

  /**
   * key는 이 환불의 이름입니다. 처음 부르기 전에 저장하고, 다시 부를 때 그대로 쓰세요.
   * key is this refund's own name: store it before the first call, and use it for every later one.
   */
  static String refund(String merchantUid, String key, String amount) throws InterruptedException {
    String body = "{\"amount\":%s,\"reason\":\"단순 변심\"}".formatted(amount);
    return field(call("POST", "/orders/" + merchantUid + "/refunds", body, key), "state");
  }

  public static void main(String[] given) throws InterruptedException {
    var out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    try {
      out.println(
          switch (given[0]) {
            case "create" -> create(given[1]);
            case "outcome" -> outcome(given[1]);
            case "refund" -> refund(given[1], given[2], given[3]);
            default -> throw new IllegalArgumentException(given[0]);
          });
    } catch (Refused refused) {
      System.err.println("refused " + refused.getMessage());
      System.exit(1);
    } catch (Unknown unknown) {
      System.err.println("unknown");
      System.exit(1);
    }
  }
}
