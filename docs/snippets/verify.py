# 이벤트가 정말 결제 서버에서 왔는지 확인합니다 · Is a delivery really from the payment server? Python 3.9
# PAY_EVENTS_KEY=whsec_… python3 verify.py <webhook-id> <webhook-timestamp> <webhook-signature> < body
import base64
import hashlib
import hmac
import os
import sys
import time

TOLERANCE = 300


def is_genuine(id, timestamp, signature, body, keys):
    """body: 받은 그대로의 바이트 · the bytes as they came, before anything parses them."""
    if not timestamp.isdigit() or abs(time.time() - int(timestamp)) > TOLERANCE:
        return False
    content = f"{id}.{timestamp}.".encode() + body
    for key in keys:
        secret = base64.b64decode(key[len("whsec_"):])
        mac = base64.b64encode(hmac.new(secret, content, hashlib.sha256).digest()).decode()
        if any(hmac.compare_digest(entry.encode(), f"v1,{mac}".encode()) for entry in signature.split(" ")):
            return True
    return False


if __name__ == "__main__":
    genuine = is_genuine(*sys.argv[1:4], sys.stdin.buffer.read(), [os.environ["PAY_EVENTS_KEY"]])
    print("genuine" if genuine else "forged")
