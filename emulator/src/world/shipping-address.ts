/** One shipping address (배송지) of a Kakao Account. */
export interface ShippingAddress {
  readonly id: number;
  readonly name: string;
  readonly isDefault: boolean;
  /** Unix seconds. */
  readonly updatedAt: number;
  /** Addressed by road (`NEW`) or by lot number (`OLD`). */
  readonly type: 'NEW' | 'OLD';
  readonly baseAddress: string;
  readonly detailAddress: string;
  readonly receiverName: string;
  readonly receiverPhoneNumber1: string;
  readonly receiverPhoneNumber2: string;
  /** Five digits. */
  readonly zoneNumber: string;
  /** Six digits with a hyphen, as until 2015. */
  readonly zipCode: string;
}

/** An address with everything filled in, changed by `differences`. */
export function makeShippingAddress(differences: Partial<ShippingAddress>): ShippingAddress {
  return {
    id: 1,
    name: '집',
    isDefault: false,
    updatedAt: 1_767_225_600,
    type: 'NEW',
    baseAddress: '경기 성남시 분당구 판교역로 1',
    detailAddress: '101호',
    receiverName: '김새벽',
    receiverPhoneNumber1: '010-0000-0000',
    receiverPhoneNumber2: '',
    zoneNumber: '13494',
    zipCode: '463-400',
    ...differences,
  };
}

/** Addresses with everything filled in; one without id gets its place in the list. */
export function completeAddresses(addresses: readonly Partial<ShippingAddress>[]): ShippingAddress[] {
  return addresses.map((address, at) => makeShippingAddress({ id: at + 1, isDefault: at === 0, ...address }));
}
