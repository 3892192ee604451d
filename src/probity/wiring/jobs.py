"""Jobs: which function carries out each kind of work that people start."""

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from probity.guard.procedures import actions as procedures
from probity.guard.procedures.types import BegunJob, Fence, JobCancelled, JobStopped, LeaseLost, RunningJob
from probity.terms import Text
from probity.wiring import clock

log = logging.getLogger("probity.jobs")


@dataclass(frozen=True)
class JobKind:
    """A kind of job: its name for people, and the work; it returns the address of its result."""

    title: Text
    run: Callable[[RunningJob], str]


def turn(*, at: datetime, fence: Fence) -> int:
    """Carry out one job that waits; every exception becomes the job's own failure."""
    begun = procedures.begin_job(fence=fence, at=at)
    if begun is None:
        return 0
    try:
        result = KINDS[begun.kind].run(_running(begun, fence, at))
    except LeaseLost:
        raise
    except JobStopped:
        procedures.put_job_back(job=begun.id, fence=fence)
        return 0
    except JobCancelled:
        said = Text("已按要求取消", "cancelled as asked")
        procedures.fail_job(job=begun.id, fence=fence, why=said, is_cancelled=True, at=clock.now())
    except Exception as failure:
        log.exception("job %s failed", begun.id)
        procedures.fail_job(job=begun.id, fence=fence, why=_reason(failure), at=clock.now())
    else:
        procedures.end_job(job=begun.id, fence=fence, result=result, at=clock.now())
    return 1


def _running(begun: BegunJob, fence: Fence, at: datetime) -> RunningJob:
    from probity.wiring.stopping import stopping

    def tell(done: int, total: int, said: Text) -> None:
        if stopping.is_set():
            raise JobStopped(begun.id)
        procedures.tell_progress(job=begun.id, fence=fence, done=done, total=total, said=said, at=clock.now())

    return RunningJob(begun.id, begun.detail, begun.by, at, tell)


def _reason(failure: Exception) -> Text:
    """Return why a job failed, in both languages where the refusal carries them."""
    from probity.guard.authorities.types import NotPermitted
    from probity.wiring.saying import said

    if isinstance(failure, NotPermitted):
        return Text(f"缺少权限：{failure.permission}", f"permission {failure.permission} is missing")
    name = type(failure).__name__
    return said(failure) or Text(f"未能完成（{name}）：{failure}", f"not done ({name}): {failure}")


def _evaluate(job: RunningJob) -> str:
    from probity.judge.evaluation.actions import run

    detail: Mapping[str, object] = job.detail
    system, as_of = str(detail["system"]), date.fromisoformat(str(detail["as_of"]))
    job.tell(0, 0, Text(f"正在按「{system}」评价，基准日 {as_of}", f"judging by {system} as of {as_of}"))
    line = run(system=system, as_of=as_of, full=bool(detail.get("full")), by=job.by, at=clock.now())
    said = Text(
        f"{line.enterprises} 家企业，变化 {line.changed} 家", f"{line.enterprises} enterprises, {line.changed} changed"
    )
    job.tell(line.enterprises, line.enterprises, said)
    return f"/desk/runs/{line.id}/"


KINDS: dict[str, JobKind] = {
    "evaluation": JobKind(Text("评价全部企业", "evaluation of everyone"), _evaluate),
}
"""Kind → what carries it out. A kind that is gone fails its waiting jobs with a sentence."""
