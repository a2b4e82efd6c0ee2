// What the shop sells. Prices live here, on the server: a browser names an item and how many, never what it costs.

export interface Item {
  readonly id: string;
  readonly name: string;
  readonly text: string;
  readonly priceWon: number;
  /** 면세: the whole price is free of VAT, as for unprocessed food. */
  readonly isTaxFree: boolean;
  /** 정기결제: paid by a billing key instead of the payment window. */
  readonly isSubscription: boolean;
}

export const items: readonly Item[] = [
  {
    id: "sneakers",
    name: "캔버스 스니커즈",
    text: "사계절 신기 좋은 순면 캔버스 운동화입니다. 50,000원이 넘으니 할부로도 결제할 수 있습니다.",
    priceWon: 109_000,
    isTaxFree: false,
    isSubscription: false,
  },
  {
    id: "apples",
    name: "청송 사과 5kg",
    text: "가공하지 않은 농산물이라 부가세가 없는 면세 상품입니다. 산지에서 바로 보내 드립니다.",
    priceWon: 42_000,
    isTaxFree: true,
    isSubscription: false,
  },
  {
    id: "coffee",
    name: "원두 정기배송",
    text: "매달 갓 볶은 원두 200g을 보내 드립니다. 카드를 한 번 등록하면 매달 같은 카드로 결제합니다.",
    priceWon: 18_000,
    isTaxFree: false,
    isSubscription: true,
  },
];

export const findItem = (id: string): Item | null => items.find((item) => item.id === id) ?? null;

export const mostOfOne = 9;

/** What an order of this comes to; `taxFreeWon` is contained in `amountWon`, as PortOne wants it. */
export function priceOf({ priceWon, isTaxFree }: Item, quantity: number) {
  const amountWon = priceWon * quantity;
  return { amountWon, taxFreeWon: isTaxFree ? amountWon : 0 };
}

export const inWon = (won: number): string => `${won.toLocaleString("ko-KR")}원`;
