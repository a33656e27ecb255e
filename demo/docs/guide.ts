import { framePage } from '../frame/frame.js';

framePage(() => {});
