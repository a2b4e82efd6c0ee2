<?php
// 쇼핑몰 서버의 세 가지 일: 주문 만들기, 결과에 따라 움직이기, 환불하기. PHP 8.0 이상, 확장 없이.
// What a shop's server does: create an order, act on its outcome, refund. PHP 8.0 or newer, no extensions.
//
//   export G=http://127.0.0.1:3000 KEY=...
//   php shop.php create  ord-20260805-000171
//   php shop.php outcome ord-20260805-000171
//   php shop.php refund  ord-20260805-000171 return-171 20000

/** 거절되었고 아무것도 하지 않았습니다. code로 판단하세요. · Refused, nothing was done: decide by its code. */
class Refused extends Exception {}

/** 결과를 모릅니다. 나중에 같은 번호나 키로 다시 부르세요. · Unknown: call again later, under the same number or key. */
class Unknown extends Exception {}

/** 상태 코드, 본문, Retry-After. 답이 없으면 null. · Status, body, Retry-After; null without a whole answer. */
function send_once(string $method, string $path, ?string $body, array $headers): ?array
{
    $http = ['method' => $method, 'header' => $headers, 'timeout' => 35, 'ignore_errors' => true];
    if ($body !== null) {
        $http['content'] = $body;
    }
    $stream = @fopen(getenv('G') . $path, 'r', false, stream_context_create(['http' => $http]));
    if ($stream === false) {
        return null;
    }
    $lines = stream_get_meta_data($stream)['wrapper_data'];
    $text = stream_get_contents($stream);
    fclose($stream);
    $wait = 0;
    $length = null;
    foreach ($lines as $line) {
        if (preg_match('/^retry-after:\s*(\d+)/i', $line, $found)) {
            $wait = (int) $found[1];
        }
        if (preg_match('/^content-length:\s*(\d+)/i', $line, $found)) {
            $length = (int) $found[1];
        }
    }
    // 중간에 끊긴 답은 답이 아닙니다. · An answer that breaks off is none.
    if ($text === false || ($length !== null && strlen($text) < $length)) {
        return null;
    }
    preg_match('/^HTTP\/\S+ (\d+)/', $lines[0], $found);
    return [(int) $found[1], json_decode($text, true) ?? [], $wait];
}

/**
 * 같은 요청을 글자 하나 바꾸지 않고 다시 보냅니다. 번호와 키가 같으니 돈은 한 번만 움직입니다.
 * Sends the same request again as it is: its number and key stay, so money moves once.
 */
function call(string $method, string $path, ?array $fields = null, ?string $idempotencyKey = null): array
{
    $headers = ['Authorization: Bearer ' . getenv('KEY'), 'Content-Type: application/json'];
    if ($idempotencyKey !== null) {
        $headers[] = 'Idempotency-Key: ' . $idempotencyKey;
    }
    $body = $fields === null ? null : json_encode($fields, JSON_UNESCAPED_UNICODE);
    $isInDoubt = false;
    foreach ([0.5, 1, 2, 4, 8, 8, 8, 0] as $pauseS) {
        $seen = send_once($method, $path, $body, $headers);
        [$status, $told, $waitS] = $seen ?? [0, [], 0];
        $code = $told['code'] ?? null;
        $isTaken = $status >= 200 && $status < 300;
        if ($isTaken && ($status !== 202 || ($told['state'] ?? null) === 'scheduled')) {
            return $told;
        }
        // code가 없는 5xx는 API Gateway의 답입니다. 처리되었는지 알 수 없습니다.
        // A 5xx without a code is API Gateway's own, which knows nothing of what was done.
        if ($seen === null || $status === 202 || ($status >= 500 && ($code === null || $code === 'internal'))) {
            $isInDoubt = true;
        } elseif ($status < 500 && $status !== 429 && $code !== 'operation_in_flight') {
            if ($isInDoubt && ($code === null || $status === 401 || $status === 403)) {
                throw new Unknown($path);
            }
            throw new Refused($code ?? "HTTP $status");
        }
        if ($pauseS > 0) {
            usleep((int) (max($pauseS, $waitS) * 1_000_000));
        }
    }
    throw $isInDoubt ? new Unknown($path) : new Refused($code ?? "HTTP $status");
}

/** 같은 번호와 본문은 같은 주문입니다. · The same number and body are the same order. */
function create(string $merchantUid): string
{
    $order = [
        'merchant_uid' => $merchantUid,
        'name' => '양말 두 켤레',
        'amount' => 55000,
        'pay_method' => 'card',
        'buyer_name' => '홍길동',
    ];
    // 그대로 IMP.request_pay에 넘기세요. · For IMP.request_pay, as it is.
    return json_encode(call('POST', '/orders', $order)['request_pay'], JSON_UNESCAPED_UNICODE);
}

/** 브라우저의 말이 아니라 이 답으로 출고하세요. · Ship on this answer, never on what a browser says. */
function outcome(string $merchantUid): string
{
    $order = call('GET', "/orders/$merchantUid");
    if ($order['review_reason'] !== null) {
        return 'hold'; // 담당자가 확인합니다 · a person looks first
    }
    return match ($order['state']) {
        'paid' => 'ship',
        'created', 'approved', 'awaiting_deposit' => 'wait',
        'failed', 'expired' => 'pay again', // 새 주문번호로 · under a new order number
        default => 'stop',
    };
}

/**
 * key는 이 환불의 이름입니다. 처음 부르기 전에 저장하고, 다시 부를 때 그대로 쓰세요.
 * key is this refund's own name: store it before the first call, and use it for every later one.
 */
function refund(string $merchantUid, string $key, string $amount): string
{
    $body = ['amount' => (int) $amount, 'reason' => '단순 변심'];
    return call('POST', "/orders/$merchantUid/refunds", $body, $key)['state'];
}

[, $verb] = $argv;
try {
    echo match ($verb) {
        'create' => create($argv[2]),
        'outcome' => outcome($argv[2]),
        'refund' => refund($argv[2], $argv[3], $argv[4]),
    }, "\n";
} catch (Refused $refused) {
    fwrite(STDERR, "refused {$refused->getMessage()}\n");
    exit(1);
} catch (Unknown) {
    fwrite(STDERR, "unknown\n");
    exit(1);
}
