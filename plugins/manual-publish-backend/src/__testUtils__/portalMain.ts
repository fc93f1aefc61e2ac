import { servePortal } from '@herald/test-utils';
import plugin from '../index';

// A portal in a process of its own, which a test can kill.

servePortal([plugin]);
