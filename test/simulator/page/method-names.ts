// The nine pay methods as a buyer reads them.

export const methodNames: Readonly<Record<string, string>> = {
  card: "신용카드",
  vbank: "가상계좌",
  trans: "실시간 계좌이체",
  phone: "휴대폰 소액결제",
  lpay: "L.pay",
  ssgpay: "SSG페이",
  kakaopay: "카카오페이",
  naverpay: "네이버페이",
  payco: "페이코",
};
