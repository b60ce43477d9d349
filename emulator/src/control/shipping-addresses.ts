import { flag, keepsTo, listOf, oneOf, type Shape, text, whole } from './body-shape.ts';
import { objectOf } from './object-schema.ts';

const members: Shape = {
  id: whole(1),
  name: text,
  isDefault: flag,
  updatedAt: whole(0),
  type: oneOf('NEW', 'OLD'),
  baseAddress: text,
  detailAddress: text,
  receiverName: text,
  receiverPhoneNumber1: text,
  receiverPhoneNumber2: text,
  zoneNumber: text,
  zipCode: text,
};

/** The shipping addresses of a user; what one leaves out is filled in. */
export const shippingAddresses = listOf({
  must: `be an object of ${Object.keys(members).join(', ')}`,
  test: (value) => keepsTo(members, value),
  schema: objectOf(members, []),
});
