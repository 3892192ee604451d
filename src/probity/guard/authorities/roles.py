"""Authorities: the roles, what each is for, and what its holder gains, as data."""

from collections.abc import Mapping

from probity.guard.authorities.types import Permission as P  # noqa: N817  (named fifty times below)
from probity.guard.authorities.types import Role
from probity.terms import Text

_READING = frozenset({P.ENTERPRISE_READ, P.RULE_READ})
_INTAKE = frozenset({P.BATCH_READ, P.BATCH_DELIVER, P.QUARANTINE_SETTLE})
_CLASSES = frozenset({P.EVALUATION_READ})
_LISTS = frozenset({P.LIST_READ, P.MEASURE_READ})

_OFFICES = (
    Role(
        "credit_officer",
        Text("信用监管人员", "Credit officer"),
        Text(
            "办理本部门及下属单位的递交、待核行与评价，查阅企业档案；范围不限时统管全平台业务。",
            "Handles the deliveries, quarantine and evaluations of the body and its parts, and reads dossiers; without a limit, of all bodies.",
        ),
        own=_INTAKE | _CLASSES | {P.RECORD_END, P.EVALUATION_RUN, P.LIST_MARK},
        of_platform=_CLASSES,
        everywhere=_READING
        | _LISTS
        | {P.ENTERPRISE_CHANGE, P.AUTHORITY_READ, P.ORGANISATION_INVITE, P.MEASURE_PROPOSE},
        may_be_unlimited=True,
    ),
    Role(
        "data_clerk",
        Text("数据报送员", "Data clerk"),
        Text(
            "递交本部门的文件并处置其待核行；不看档案，也不看评价。",
            "Brings the body's files and settles their quarantine; reads neither dossiers nor classes.",
        ),
        own=_INTAKE,
        everywhere=frozenset({P.RULE_READ}),
    ),
    Role(
        "inspector",
        Text("执法检查人员", "Inspector"),
        Text(
            "查阅企业档案、评价及理由和规则。",
            "Reads dossiers, classes with their reasons, and the rules.",
        ),
        own=_CLASSES,
        of_platform=_CLASSES,
        everywhere=_READING | _LISTS,
    ),
    Role(
        "planner",
        Text("检查计划人员", "Inspection planner"),
        Text(
            "查阅企业档案、评价分布和规则，用于编制检查计划。",
            "Reads dossiers, how the classes are spread, and the rules, to plan inspections.",
        ),
        own=_CLASSES,
        of_platform=_CLASSES,
        everywhere=_READING | _LISTS,
    ),
    Role(
        "approver",
        Text("审批人员", "Approver"),
        Text(
            "查阅企业档案与评价，核定本部门记录的终止和联合奖惩措施的公布。",
            "Reads dossiers and classes, decides how the body's records end, and signs the publication of measures.",
        ),
        own=_CLASSES | {P.RECORD_END, P.BATCH_READ},
        of_platform=_CLASSES,
        everywhere=_READING | _LISTS | {P.MEASURE_PUBLISH},
    ),
    Role(
        "window_clerk",
        Text("政务窗口人员", "Approval-window clerk"),
        Text(
            "查询名单与办理意见并查阅规则；看不到企业档案和评价。",
            "Looks lists up, asks for the answer to a matter and reads the rules; sees neither dossiers nor classes.",
        ),
        everywhere=_LISTS | {P.RULE_READ},
        needs_second=False,
    ),
    Role(
        "auditor",
        Text("监督审计人员", "Oversight auditor"),
        Text(
            "查看操作留痕、批次核算、评价批次和任职情况；不看企业档案，不能改动。",
            "Reads the trail, how batches were accounted for, runs, and who holds which office; reads no dossier and changes nothing.",
        ),
        own=frozenset({P.TRAIL_READ, P.BATCH_READ, P.EVALUATION_READ, P.OFFICER_READ}),
        everywhere=frozenset({P.RULE_READ, P.AUTHORITY_READ}),
        may_be_unlimited=True,
    ),
    Role(
        "system_administrator",
        Text("系统管理员", "System administrator"),
        Text(
            "维护部门与人员、拟定角色授予、查看运行状态；不能自行批准，看不到企业档案。",
            "Keeps bodies and officers, prepares the granting of roles, and watches the running; cannot sign it alone and reads no dossier.",
        ),
        own=frozenset({P.AUTHORITY_CHANGE, P.OFFICER_READ, P.OFFICER_APPOINT, P.ROLE_PROPOSE}),
        everywhere=frozenset({P.AUTHORITY_READ, P.RULE_READ, P.OPERATION_READ, P.OPERATION_SETTLE, P.JOB_READ}),
        may_be_unlimited=True,
        stands_alone=True,
        needs_factor=True,
    ),
    Role(
        "security_administrator",
        Text("安全管理员", "Security administrator"),
        Text(
            "批准或退回他人拟定的角色授予，终止角色；发放与吊销接口密钥，解除登录锁定；不能拟定，看不到企业档案。",
            "Signs or refuses the roles another person prepared, and ends roles; and keeps keys and locks; prepares none and reads no dossier.",
        ),
        own=frozenset({P.OFFICER_READ, P.ROLE_GRANT, P.KEY_MANAGE, P.SIGN_IN_MANAGE}),
        everywhere=frozenset({P.AUTHORITY_READ, P.RULE_READ}),
        may_be_unlimited=True,
        stands_alone=True,
        needs_factor=True,
    ),
    Role(
        "audit_administrator",
        Text("审计管理员", "Audit administrator"),
        Text(
            "查看操作留痕与任职情况，包括另外两名管理员的操作；不能授权，看不到企业档案。",
            "Reads the trail and who holds which office, the other two administrators included; grants nothing and reads no dossier.",
        ),
        own=frozenset({P.TRAIL_READ, P.OFFICER_READ}),
        everywhere=frozenset({P.AUTHORITY_READ, P.RULE_READ}),
        may_be_unlimited=True,
        stands_alone=True,
        needs_factor=True,
    ),
    Role(
        "supplier",
        Text("技术服务商", "Supplier"),
        Text(
            "平时关闭；在批准的期限内查看运行状态和规则，每一步都留痕并标记。",
            "Off by default; for the days signed for, reads the running and the rules, and each step is marked in the trail.",
        ),
        everywhere=frozenset({P.OPERATION_READ, P.RULE_READ}),
        may_be_unlimited=True,
        stands_alone=True,
        needs_factor=True,
        must_end=True,
        is_watched=True,
    ),
)

_SEATS = (
    Role(
        "head_delegate",
        Text("主经办人", "Head delegate"),
        Text(
            "查看本单位的信息，邀请、更换和终止经办人。",
            "Reads what concerns the organisation, and invites, replaces and ends its delegates.",
        ),
        own=frozenset({P.OWN_READ, P.DELEGATE_CHANGE}),
    ),
    Role(
        "delegate",
        Text("经办人", "Delegate"),
        Text("查看本单位的信息。", "Reads what concerns the organisation."),
        own=frozenset({P.OWN_READ}),
    ),
)

OFFICES: Mapping[str, Role] = {role.key: role for role in _OFFICES}
"""Key → role of an officer, in the order in which they are listed."""

SEATS: Mapping[str, Role] = {role.key: role for role in _SEATS}
"""Key → role of a person who acts for an enterprise, an institution, an association or a bank."""

ADMINISTRATORS = ("system_administrator", "security_administrator", "audit_administrator")
"""The three that are three people (三员分立)."""
