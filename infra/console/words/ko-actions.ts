// What the console says about what can be done, what came of it and what went wrong, in Korean.

/** Won ends in a consonant, and dollars are read 달러. */
const asObject = (amount: string): string => `${amount}${amount.endsWith("원") ? "을" : "를"}`;
const asSubject = (amount: string): string => `${amount}${amount.endsWith("원") ? "이" : "가"}`;

export const koActions = {
  actions: {
    sure: "확인",
    next: "다음",
    willNotRepeat: "같은 단추를 두 번 눌러도 한 번만 환불됩니다.",
    of: (merchantUid: string) => `주문 ${merchantUid}`,
    cancel: "그만두기",
    note: "남길 말",
    notOffered: "이 주문에는 지금 할 수 없습니다.",
    refund: {
      label: "환불",
      title: "환불",
      amount: "환불 금액",
      upTo: (amount: string) => `남은 금액은 ${amount}입니다. 전부 환불하려면 그대로 두세요.`,
      taxFree: "그중 면세 금액",
      taxFreeNote: "비워 두면 비율대로 나눕니다.",
      reason: "사유",
      holder: "환불 계좌 예금주",
      bank: "환불 은행 코드",
      account: "환불 계좌번호",
      sentence: (amount: string) => `${asObject(amount)} 환불합니다`,
      left: (amount: string) => `환불한 뒤 ${asSubject(amount)} 남습니다.`,
      notAmount: "금액을 숫자로 적어 주세요.",
      tooMuch: (amount: string) => `남은 금액 ${amount}까지 환불할 수 있습니다.`,
      button: (amount: string) => `${amount} 환불하기`,
      done: (amount: string) => `${asObject(amount)} 환불했습니다.`,
      scheduled: (amount: string, at: string) => `${asObject(amount)} ${at}에 환불합니다.`,
    },
    receiptIssue: {
      label: "현금영수증 발급",
      title: "현금영수증 발급",
      identifier: "발급 번호",
      identifierNote: "휴대폰, 사업자등록번호 등",
      identifierType: "번호의 종류",
      identifierTypes: {
        phone: "휴대폰",
        business: "사업자등록번호",
        person: "주민등록번호",
        taxcard: "현금영수증 카드",
      },
      type: "용도",
      types: { person: "소득공제 (개인)", company: "지출증빙 (사업자)" },
      productType: "상품",
      productTypes: { real: "실물", digital: "디지털" },
      sentence: (amount: string) => `${amount}의 현금영수증을 발급합니다`,
      figures: (taxFree: string, vat: string) => `면세 ${taxFree}, 부가세 ${vat}입니다.`,
      button: "발급하기",
      done: (amount: string) => `${amount}의 현금영수증을 발급했습니다.`,
    },
    receiptCancel: {
      label: "현금영수증 취소",
      title: "현금영수증 취소",
      sentence: (amount: string) => `${amount}의 현금영수증을 취소합니다`,
      button: "취소하기",
      done: "현금영수증을 취소했습니다.",
    },
    sync: {
      label: "다시 조회",
      title: "다시 조회",
      sentence: "포트원의 기록을 다시 읽어 주문에 반영합니다",
      money: (amount: string) =>
        `${asSubject(amount)} 남은 주문입니다. 주문의 것이 아닌 돈이 있으면 돌려줄 수 있습니다.`,
      button: "조회하기",
      done: "포트원의 기록을 다시 읽었습니다.",
    },
    void: {
      label: "주문 취소",
      title: "주문 취소",
      sentence: (amount: string) => `결제되지 않은 ${amount}의 주문을 취소합니다`,
      note: "입금 전 가상계좌는 닫고, 예약 결제는 먼저 취소합니다.",
      button: "주문 취소하기",
      done: "주문을 취소했습니다.",
    },
    resolve: {
      sync: { label: "다시 조회", sentence: "포트원의 기록을 다시 읽고, 맞으면 표시를 지웁니다" },
      accept: {
        label: "결제로 인정",
        sentence: "이 결제를 주문의 결제로 인정합니다",
        ofAmount: (amount: string) => `${amount}의 결제를 주문의 결제로 인정합니다`,
      },
      give_back: {
        label: "돌려주기",
        sentence: "주문의 것이 아닌 돈을 돌려줍니다",
        ofAmount: (amount: string) => `${asObject(amount)} 구매자에게 돌려줍니다`,
      },
      clear: {
        label: "표시만 지우기",
        sentence: "돈은 움직이지 않고 확인 표시만 지웁니다",
        ofAmount: (amount: string) => `${asSubject(amount)} 남은 주문의 확인 표시만 지웁니다`,
      },
      payment: "인정할 결제",
      onceOurs: "상점아이디를 PAY_MID에 더해 배포한 뒤에 할 수 있습니다.",
      done: "정한 대로 했습니다.",
    },
  },

  outcome: {
    refused: "하지 않았습니다",
    refusedNote: "아무것도 바뀌지 않았습니다. 이유는 아래와 같습니다.",
    unknown: "결과를 아직 모릅니다",
    unknownNote:
      "일어났을 수도, 아닐 수도 있습니다. 아래 단추를 다시 누르세요. 같은 요청으로 다시 보내므로 두 번 일어나지 않습니다.",
    again: "같은 요청 다시 보내기",
    toOrder: "주문으로",
    code: "코드",
    rule: "KSNET 규칙",
    request: "요청 번호",
    provider: "결제사의 말",
  },

  failures: {
    noAccess: {
      title: "터미널에 출력된 주소로 여세요",
      text: "이 브라우저는 아직 들어오지 않았거나, 들어온 지 오래되었습니다. 콘솔을 시작한 터미널에 출력된 가장 최근의 주소를 여세요.",
    },
    wrongCode: {
      title: "쓸 수 없는 주소입니다",
      text: "주소의 코드는 한 번만, 10분 동안 쓸 수 있습니다. 터미널에 출력된 가장 최근의 주소를 여세요.",
    },
    wrongHost: {
      title: "이 주소로는 열 수 없습니다",
      text: "콘솔은 127.0.0.1에서만 열립니다.",
    },
    wrongOrigin: {
      title: "다른 사이트에서 온 요청입니다",
      text: "콘솔의 요청은 콘솔의 화면에서만 보낼 수 있습니다.",
    },
    notFound: { title: "없는 화면입니다", text: "주소를 확인해 주세요." },
    noOrder: { title: "주문을 찾을 수 없습니다", text: "주문번호를 확인해 주세요." },
    noAudit: { title: "대사한 날이 아닙니다", text: "날짜를 확인해 주세요." },
    redirected: {
      title: "API가 다른 주소로 보냅니다",
      text: "키를 지키려고 따라가지 않았습니다. --url의 주소를 확인해 주세요.",
    },
    noAnswer: {
      title: "API가 답하지 않습니다",
      text: "주소와 네트워크를 확인하고 다시 열어 주세요. 바뀐 것은 없습니다.",
    },
    refused: { title: "API가 거절했습니다", text: "아래 이유를 보세요." },
    broken: { title: "화면을 만들지 못했습니다", text: "콘솔의 잘못입니다. 터미널에 이유가 있습니다." },
  },
};

export type ActionWords = typeof koActions;
