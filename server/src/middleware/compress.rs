//! Compresses answers above 1 KB. Never event streams: a compressor holds events back. Files of the
//! dashboard bring their own compressed twins and are left alone.

use tower_http::compression::{
    CompressionLayer,
    predicate::{And, NotForContentType, Predicate, SizeAbove},
};

type Worthwhile = And<And<And<SizeAbove, NotForContentType>, NotForContentType>, NotForContentType>;

/// The layer.
pub fn layer() -> CompressionLayer<Worthwhile> {
    let worthwhile = SizeAbove::new(1024)
        .and(NotForContentType::SSE)
        .and(NotForContentType::IMAGES)
        .and(NotForContentType::const_new("font/"));
    CompressionLayer::new().compress_when(worthwhile)
}
