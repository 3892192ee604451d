"""The API itself: one object, to which each subject adds its router."""

from ninja import NinjaAPI
from ninja.operation import Operation

from probity.show.api import problems
from probity.show.api.batches import router as batches
from probity.show.api.bearers import KeyAuth
from probity.show.api.enterprises import router as enterprises
from probity.show.api.rulebook import router as rulebook


class Api(NinjaAPI):
    """An API whose operations go by their subject and verb, not by the place of their code."""

    def get_openapi_operation_id(self, operation: Operation) -> str:
        """Return such as `enterprises.grade`."""
        return f"{(operation.tags or ['probity'])[0]}.{operation.view_func.__name__}"


api = Api(
    title="Probity · 信监",
    version="1",
    description=(
        "Enterprises, dossiers, grades with every reason, rules and deliveries, for programs that hold a key.\n\n"
        "供持有密钥的程序查询企业、信用档案、附理由的评价、规则与批次。"
    ),
    urls_namespace="v1",
    openapi_url="/openapi.json",
    docs_url=None,  # the reader made for it fetches scripts from elsewhere
    auth=KeyAuth(),
)
problems.bind(api)
api.add_router("/enterprises", enterprises)
api.add_router("/rules", rulebook)
api.add_router("/batches", batches)
