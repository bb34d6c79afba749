"""Which case data an agent may change, and what stands against a text that was typed. No Qt."""

from msgspec import Struct

from workloom.api import AttributeValue, Context, case_data, privileges


class CaseRights(Struct, frozen=True, kw_only=True):
    """What the agent's privileges allow with attached data; `not_deleted` says that it may not be deleted."""

    add: bool
    edit: bool
    delete: bool
    not_deleted: str

    @classmethod
    def of(cls, context: Context) -> "CaseRights":
        """Those of the agent, as last read."""
        may = context.may
        return cls(
            add=may(privileges.CASE_ADD),
            edit=may(privileges.CASE_EDIT),
            delete=may(privileges.CASE_DELETE),
            not_deleted=context.translate("You may not delete case data. Type another value."),
        )

    def can_type(self, field: AttributeValue, value: object) -> bool:
        """Whether the field is one to type into: a key that is there is edited, one that is not is added."""
        if field.read_only:
            return False
        return self.add if value in (None, "") else self.edit

    def problem(self, field: AttributeValue, text: str, saved: str) -> str:
        """Why the text cannot be saved in place of the saved one, in words; empty = it can."""
        problem = case_data.problem_with(field, text)
        if not problem and not text.strip() and saved and not self.delete:
            return self.not_deleted
        return problem


def text_in_field(field: AttributeValue, value: object) -> str:
    """The stored value as its field shows it; a box that was never ticked is not ticked."""
    text = case_data.shown(field, value)
    return case_data.FALSE if field.type == "bool" and not text else text
