"""쇼핑몰 서버의 세 가지 일: 주문 만들기, 결과에 따라 움직이기, 환불하기. Python 3.9 이상, 표준 라이브러리만 씁니다.
What a shop's server does: create an order, act on its outcome, refund. Python 3.9 or newer, standard library only.

    export G=http://127.0.0.1:3000 KEY=...
    python3 shop.py create  ord-20260805-000171
    python3 shop.py outcome ord-20260805-000171
    python3 shop.py refund  ord-20260805-000171 return-171 20000
"""

import http.client
import json
import os
import sys
import time
import urllib.error
import urllib.request

G, KEY = os.environ["G"], os.environ["KEY"]


class Refused(Exception):
    """거절되었고 아무것도 하지 않았습니다. code로 판단하세요.
    Refused, nothing was done: decide by its code."""


class Unknown(Exception):
    """결과를 모릅니다. 나중에 같은 번호나 키로 다시 부르세요.
    Nobody knows yet: call again later, under the same number or key."""


def send_once(method, path, body, headers):
    """상태 코드, 본문, Retry-After. 답이 없으면 None. · Status, body, Retry-After; None without a whole answer."""
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(G + path, data=data, headers=headers, method=method)
    try:
        try:
            answer = urllib.request.urlopen(request, timeout=35)
        except urllib.error.HTTPError as error:
            answer = error
        with answer:
            text = answer.read()
        wait = answer.headers.get("Retry-After", "0")
    except (OSError, http.client.HTTPException):
        return None
    try:
        told = json.loads(text)
    except ValueError:
        told = {}
    return answer.status, told, int(wait) if wait.isdigit() else 0


def call(method, path, body=None, idempotency_key=None):
    """같은 요청을 글자 하나 바꾸지 않고 다시 보냅니다. 번호와 키가 같으니 돈은 한 번만 움직입니다.
    Sends the same request again as it is: its number and key stay, so money moves once."""
    headers = {"Authorization": f"Bearer {KEY}", "Content-Type": "application/json"}
    if idempotency_key is not None:
        headers["Idempotency-Key"] = idempotency_key
    in_doubt = False
    for pause_s in (0.5, 1, 2, 4, 8, 8, 8, 0):
        seen = send_once(method, path, body, headers)
        status, told, wait_s = seen or (0, {}, 0)
        code = told.get("code")
        if 200 <= status < 300 and (status != 202 or told.get("state") == "scheduled"):
            return told
        # code가 없는 5xx는 API Gateway의 답입니다. 처리되었는지 알 수 없습니다.
        # A 5xx without a code is API Gateway's own, which knows nothing of what was done.
        if seen is None or status == 202 or (status >= 500 and code in (None, "internal")):
            in_doubt = True
        elif status < 500 and status != 429 and code != "operation_in_flight":
            if in_doubt and (code is None or status in (401, 403)):
                raise Unknown(path)
            raise Refused(code or f"HTTP {status}", told.get("detail", ""))
        time.sleep(max(pause_s, wait_s) if pause_s else 0)
    if in_doubt:
        raise Unknown(path)
    raise Refused(code or f"HTTP {status}", told.get("detail", ""))


def create(merchant_uid):
    """같은 번호와 본문은 같은 주문입니다. · The same number and body are the same order."""
    order = {
        "merchant_uid": merchant_uid,
        "name": "양말 두 켤레",
        "amount": 55000,
        "pay_method": "card",
        "buyer_name": "홍길동",
    }
    # 그대로 IMP.request_pay에 넘기세요. · For IMP.request_pay, as it is.
    return json.dumps(call("POST", "/orders", order)["request_pay"], ensure_ascii=False)


def outcome(merchant_uid):
    """브라우저의 말이 아니라 이 답으로 출고하세요. · Ship on this answer, never on what a browser says."""
    order = call("GET", f"/orders/{merchant_uid}")
    if order["review_reason"] is not None:
        return "hold"  # 담당자가 확인합니다 · a person looks first
    return {
        "paid": "ship",
        "created": "wait",
        "approved": "wait",
        "awaiting_deposit": "wait",
        "failed": "pay again",  # 새 주문번호로 · under a new order number
        "expired": "pay again",
    }.get(order["state"], "stop")


def refund(merchant_uid, key, amount):
    """key는 이 환불의 이름입니다. 처음 부르기 전에 저장하고, 다시 부를 때 그대로 쓰세요.
    key is this refund's own name: store it before the first call, and use it for every later one."""
    path = f"/orders/{merchant_uid}/refunds"
    return call("POST", path, {"amount": int(amount), "reason": "단순 변심"}, idempotency_key=key)["state"]


if __name__ == "__main__":
    verb, *rest = sys.argv[1:]
    try:
        print({"create": create, "outcome": outcome, "refund": refund}[verb](*rest))
    except Refused as refused:
        sys.exit(f"refused {refused.args[0]}")
    except Unknown:
        sys.exit("unknown")
