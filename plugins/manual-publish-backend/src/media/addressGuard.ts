import ipaddr from 'ipaddr.js';
import { LookupAddress, LookupOptions, lookup } from 'node:dns';
import { isIP } from 'node:net';

/** The address is not one of the public internet. */
export class PrivateAddress extends Error {
  constructor(host: string) {
    super(`${host} is not an address of the public internet`);
  }
}

/** Whether an address is one that everybody may reach: not our own machine, network, or cloud's metadata. */
export function isPublicAddress(address: string): boolean {
  // Takes IPv4 addresses out of their IPv6 form; what else embeds them is a range of its own.
  return (
    ipaddr.isValid(address) && ipaddr.process(address).range() === 'unicast'
  );
}

/** Hosts written as addresses are connected to without a lookup. */
export function refusePrivateLiteral({ hostname }: URL): void {
  const address = hostname.replace(/^\[|\]$/g, '');
  if (isIP(address) && !isPublicAddress(address)) {
    throw new PrivateAddress(hostname);
  }
}

type Answer = (
  error: NodeJS.ErrnoException | null,
  addresses: string | LookupAddress[],
  family?: number,
) => void;

/**
 * Looks up a name for a connection that is about to be made, to addresses that were looked at: there is no second lookup that could
 * be answered otherwise.
 */
export function publicLookup(
  hostname: string,
  options: LookupOptions,
  answer: Answer,
): void {
  lookup(hostname, { ...options, all: true }, (error, addresses) => {
    if (error) {
      answer(error, []);
      return;
    }
    const [first] = addresses;
    if (!first || !addresses.every(each => isPublicAddress(each.address))) {
      answer(new PrivateAddress(hostname), []);
      return;
    }
    if (options.all) answer(null, addresses);
    else answer(null, first.address, first.family);
  });
}
