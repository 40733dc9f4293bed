import { expose } from 'comlink';
import { createWorldHost } from './host.ts';

expose(createWorldHost());
