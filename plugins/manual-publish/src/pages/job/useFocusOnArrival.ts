import { useEffect, useRef } from 'react';
import { useLocation } from 'react-router-dom';

/** The state of an address to which an action leads, whose button is gone by then. */
export const ARRIVAL = { isArrival: true };

/** A heading that has the focus where an action has led to its page, so that a screen reader says where that is. */
export function useFocusOnArrival() {
  const heading = useRef<HTMLHeadingElement>(null);
  const { state } = useLocation();
  const isArrival = state?.isArrival === true;
  useEffect(() => {
    if (isArrival) {
      heading.current?.focus();
    }
  }, [isArrival]);
  return heading;
}
