"""Names the calls of a contract that no report has an answer to: reached.py openapi.json report.ndjson..."""

import json
import sys

# A call that is refused for its form or its key has not come to anything.
NOT_REACHED = {400, 401}


def calls(contract):
    with open(contract) as file:
        for path, methods in json.load(file)["paths"].items():
            for method in methods:
                yield method.upper(), path


def answered(reports):
    for report in reports:
        with open(report) as file:
            for line in file:
                recorder = json.loads(line).get("ScenarioFinished", {}).get("recorder", {})
                for case, interaction in recorder.get("interactions", {}).items():
                    status = (interaction.get("response") or {}).get("status_code")
                    if status and status not in NOT_REACHED:
                        call = recorder["cases"][case]["value"]
                        yield call["method"], call["path"]


missing = set(calls(sys.argv[1])) - set(answered(sys.argv[2:]))
print(", ".join(" ".join(call) for call in sorted(missing)))
sys.exit(1 if missing else 0)
