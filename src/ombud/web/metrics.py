"""What a running Ombud counts, for Prometheus; numbers only, never a text or a name."""

from collections.abc import Callable

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

from ombud.policy import Decision

_SECONDS = (0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.3, 0.5, 0.8, 1.5, 3.0, 10.0)
_SIZES = (1, 2, 4, 8, 16, 32, 64)


class Metrics:
    """The counters of one application."""

    def __init__(self) -> None:
        """Make a registry of its own, so that two applications never share a number."""
        self._registry = CollectorRegistry()
        self._requests = Counter(
            "ombud_requests", "Requests answered.", ("route", "status"), registry=self._registry
        )
        self._seconds = Histogram(
            "ombud_request_seconds",
            "Time from a request's first byte to the end of its answer.",
            ("route",),
            buckets=_SECONDS,
            registry=self._registry,
        )
        self._batches = Histogram(
            "ombud_batch_size",
            "Comments that shared one run of the models.",
            buckets=_SIZES,
            registry=self._registry,
        )
        self._judging = Counter(
            "ombud_judging_seconds", "Processor time spent on judging.", registry=self._registry
        )
        self._decisions = Counter(
            "ombud_decisions", "Decisions by action.", ("action",), registry=self._registry
        )
        self._findings = Counter(
            "ombud_findings",
            "Findings by rule and by the action they lead to.",
            ("rule", "action"),
            registry=self._registry,
        )

    def watch_queue(self, depth: Callable[[], float]) -> None:
        """Report how many comments wait for the models, asked for whenever somebody looks."""
        queue = Gauge("ombud_queue_depth", "Comments that wait.", registry=self._registry)
        queue.set_function(depth)

    def request(self, route: str, status: int, seconds: float) -> None:
        """Count one request."""
        self._requests.labels(route, str(status)).inc()
        self._seconds.labels(route).observe(seconds)

    def batch(self, size: int) -> None:
        """Count one run of the models."""
        self._batches.observe(size)

    def judging(self, seconds: float) -> None:
        """Count the processor time of one run of the models."""
        self._judging.inc(seconds)

    def count(self, decision: Decision) -> None:
        """Count one decision and its findings."""
        self._decisions.labels(str(decision.action)).inc()
        for finding in decision.findings:
            self._findings.labels(finding.rule, str(finding.action)).inc()

    def written(self) -> bytes:
        """Return all numbers in the text format."""
        return generate_latest(self._registry)
