import '@testing-library/jest-dom';
import { configure } from '@testing-library/react';

// A busy machine may take its time over what is soon there on a quiet one.
configure({ asyncUtilTimeout: 10_000 });
jest.setTimeout(30_000);
