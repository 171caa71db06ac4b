"""What schemathesis is told about this product, and what is written down of its run."""

import json
import os
import threading
import urllib.request

import schemathesis

TOKEN_URL = os.environ["FUZZ_TOKEN_URL"]
RECORD = open(os.environ["FUZZ_RECORD"], "a", encoding="utf-8", buffering=1)
LOCK = threading.Lock()

# Answers that say that something is not set up here or that a vendor cannot be reached: documented, and not a defect.
EXPECTED_CODES = {
    "billing.not_configured",
    "connections.oauth_not_configured",
    "connections.vendor_unavailable",
    "webhooks.not_configured",
}


def write(entry):
    with LOCK:
        RECORD.write(json.dumps(entry) + "\n")


def code_of(response):
    try:
        return json.loads(response.content).get("code")
    except (ValueError, AttributeError):
        return None


@schemathesis.auth(retry_on=[401], refresh_interval=None)
class SignedIn:
    """A token of the role under test; asked for anew when a request ended its session."""

    def get(self, case, context):
        with urllib.request.urlopen(TOKEN_URL, timeout=60) as answer:
            return answer.read().decode()

    def set(self, case, data, context):
        case.headers["Authorization"] = f"Bearer {data}"


@schemathesis.hook
def after_call(context, case, response):
    write({"kind": "call", "operation": case.operation.label, "status": response.status_code})


@schemathesis.hook
def after_network_error(context, case, request):
    write({"kind": "broken", "operation": case.operation.label, "request": f"{request.method} {request.url}"})


@schemathesis.hook
def filter_failure(context, failure, case, response):
    if failure.title == "Server error" and code_of(response) in EXPECTED_CODES:
        return False
    # Headers over 16 KiB never reach a route: generated queries are sometimes that long.
    if response.status_code == 431:
        return False
    write(
        {
            "kind": "finding",
            "operation": case.operation.label,
            "check": failure.title,
            "message": failure.message,
            "status": response.status_code,
            "answer": response.content[:2000].decode("utf-8", "replace"),
            "curl": case.as_curl_command(),
        }
    )
    return True
