<?php
// 이벤트가 정말 결제 서버에서 왔는지 확인합니다 · Is a delivery really from the payment server? PHP 8.0
// PAY_EVENTS_KEY=whsec_… php verify.php <webhook-id> <webhook-timestamp> <webhook-signature> < body

const TOLERANCE = 300;

/** $body: 받은 그대로의 바이트 · the bytes as they came, before anything parses them. */
function is_genuine(string $id, string $timestamp, string $signature, string $body, array $keys): bool
{
    if (!ctype_digit($timestamp) || abs(time() - (int) $timestamp) > TOLERANCE) {
        return false;
    }
    foreach ($keys as $key) {
        $secret = base64_decode(substr($key, strlen('whsec_')));
        $mac = base64_encode(hash_hmac('sha256', "$id.$timestamp.$body", $secret, true));
        foreach (explode(' ', $signature) as $entry) {
            if (hash_equals("v1,$mac", $entry)) {
                return true;
            }
        }
    }
    return false;
}

[, $id, $timestamp, $signature] = $argv;
$body = file_get_contents('php://stdin');
echo is_genuine($id, $timestamp, $signature, $body, [getenv('PAY_EVENTS_KEY')]) ? "genuine\n" : "forged\n";
