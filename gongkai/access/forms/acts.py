"""The one table from a transition's code to the form with which it is done."""

from gongkai.access.forms import closing, consulting, course, deferring
from gongkai.access.forms.base import ActForm

FORMS: dict[str, type[ActForm]] = {
    "confirm": course.ConfirmForm,
    "void": course.VoidForm,
    "assign": course.AssignForm,
    "hand_over": course.HandOverForm,
    "return_material": course.ReturnMaterialForm,
    "split": course.SplitForm,
    "merge": course.MergeForm,
    "unmerge": course.UnmergeForm,
    "ask_clarification": course.AskClarificationForm,
    "receive_clarification": course.ReceiveClarificationForm,
    "ask_explanation": course.AskExplanationForm,
    "receive_explanation": course.ReceiveExplanationForm,
    "consult": consulting.ConsultForm,
    "deliver_consultation": consulting.DeliverConsultationForm,
    "close_consultation": consulting.CloseConsultationForm,
    "weigh_interest": consulting.WeighInterestForm,
    "propose_extension": consulting.ProposeExtensionForm,
    "extend": consulting.ExtendForm,
    "defer": deferring.DeferForm,
    "notify_fee": consulting.NotifyFeeForm,
    "pay_fee": consulting.PayFeeForm,
    "cancel_fee": consulting.CancelFeeForm,
    "correct_event": closing.CorrectEventForm,
    "recall_reply": closing.RecallReplyForm,
    "seal": closing.SealForm,
    "serve": closing.ServeForm,
    "withdraw": closing.WithdrawForm,
    "reserve": closing.ServeAgainForm,
    "file_up": closing.FileUpForm,
    "archive": closing.ArchiveForm,
}
