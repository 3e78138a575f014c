"""Two kinds of problem (Heifetz), three modes of consultation (Schein): guideline summary 2023, ch. 1."""

from bansou.domain.method.labelled import LabelledEnum


class ProblemKind(LabelledEnum):
    """TECHNICAL: a known solution can be applied. ADAPTIVE: the persons concerned are part of the problem."""

    TECHNICAL = "technical", "技術的問題"
    ADAPTIVE = "adaptive", "適応課題"


class ConsultationMode(LabelledEnum):
    """Who finds the answer: bought from the expert, prescribed by the expert, or found by the client."""

    EXPERT = "expert", "専門家型（情報－購入型）"
    DOCTOR_PATIENT = "doctor_patient", "医師－患者型"
    PROCESS = "process", "プロセス・コンサルテーション型"
