//! Tools for assistants, by the Model Context Protocol over HTTP: one address, no sessions, a token.
//!
//! Reading tools give what the API gives; the others only propose, and a person decides.

mod call;
mod catalog;

use std::sync::Arc;

use axum::body::Body;
use axum::extract::{FromRequestParts as _, Request, State as Given};
use axum::response::{IntoResponse as _, Response};
use orchestre_app::{AppError, Code};
use orchestre_domain::token::TokenScope;
use orchestre_view::text;
use rmcp::model::{
    CallToolRequestParams, CallToolResponse, CallToolResult, ContentBlock, Implementation,
    ListResourceTemplatesResult, ListResourcesResult, ListToolsResult, PaginatedRequestParams,
    ReadResourceRequestParams, ReadResourceResponse, ReadResourceResult, ResourceContents,
    ResourceTemplate, ServerCapabilities, ServerConfig, Tool,
};
use rmcp::service::RequestContext;
use rmcp::transport::streamable_http_server::session::never::NeverSessionManager;
use rmcp::transport::streamable_http_server::{StreamableHttpServerConfig, StreamableHttpService};
use rmcp::{ErrorData, RoleServer, ServerHandler};
use serde_json::{Value, json};

use crate::door::{ApiVisit, Visit};
use crate::problem::Problem;
use crate::state::State;

/// The largest request.
const LARGEST: usize = 1 << 20;
/// Lists of tools stay as they are for an hour.
const FRESH: u64 = 3_600_000;
/// What a resource's address begins with.
const SCHEME: &str = "orchestre://account/";

/// `POST /mcp`: for scripts with a token only, so that no page of another site gets in by a cookie.
pub(crate) async fn answer(Given(state): Given<State>, request: Request) -> Response {
    let (mut parts, body) = request.into_parts();
    let visit = match ApiVisit::from_request_parts(&mut parts, &state).await {
        Ok(ApiVisit(visit)) if visit.scopes.is_some() => visit,
        Ok(_) => return Problem::from(Code::TokenInvalid).into_response(),
        Err(problem) => return problem.into_response(),
    };
    // Who asks and from which site was checked at the door; proxies may carry any host.
    let config = StreamableHttpServerConfig::default()
        .with_legacy_session_mode(false)
        .with_json_response(true)
        .disable_allowed_hosts()
        .with_max_request_body_bytes(LARGEST);
    let tools = Tools { visit };
    let sessions = Arc::new(NeverSessionManager::default());
    let service = StreamableHttpService::new(move || Ok(tools.clone()), sessions, config);
    service.handle(Request::from_parts(parts, body)).await.map(Body::new)
}

/// The tools of one request.
#[derive(Debug, Clone)]
struct Tools {
    visit: Visit,
}

impl Tools {
    /// Gives an error that the assistant reads: the code and its words.
    fn told(&self, error: &AppError) -> CallToolResult {
        crate::problem::log(error);
        let code = error.code().text();
        let words = text(self.visit.lang(), &format!("error-{code}"));
        let field = match error {
            AppError::Field { field, .. } => format!(" ({field})"),
            _ => String::new(),
        };
        CallToolResult::error(vec![ContentBlock::text(format!("{code}: {words}{field}"))])
    }

    async fn plan(&self, uri: &str) -> Result<Value, AppError> {
        self.visit.check_scope(TokenScope::PlansRead)?;
        let account = uri.strip_prefix(SCHEME).and_then(|rest| rest.strip_suffix("/plan"));
        let account = account.filter(|id| id.starts_with("acc_")).ok_or(AppError::NOT_FOUND)?;
        call::plan(&self.visit, account).await
    }
}

impl ServerHandler for Tools {
    fn get_info(&self) -> ServerConfig {
        let can = ServerCapabilities::builder().enable_tools().enable_resources().build();
        ServerConfig::new(can)
            .with_server_info(Implementation::new("orchestre", env!("CARGO_PKG_VERSION")))
            .with_instructions(text(self.visit.lang(), "page-mcp-instructions"))
    }

    fn get_tool(&self, name: &str) -> Option<Tool> {
        catalog::find(name).map(|one| one.tool(self.visit.lang()))
    }

    async fn list_tools(
        &self,
        _request: Option<PaginatedRequestParams>,
        _context: RequestContext<RoleServer>,
    ) -> Result<ListToolsResult, ErrorData> {
        let tools = catalog::ALL.iter().map(|one| one.tool(self.visit.lang())).collect();
        Ok(ListToolsResult::with_all_items(tools).with_ttl_ms(FRESH))
    }

    async fn call_tool(
        &self,
        request: CallToolRequestParams,
        _context: RequestContext<RoleServer>,
    ) -> Result<CallToolResponse, ErrorData> {
        let Some(tool) = catalog::find(&request.name) else {
            return Err(ErrorData::invalid_params("no such tool", None));
        };
        let arguments = Value::Object(request.arguments.unwrap_or_default());
        let done = match self.visit.check_scope(tool.scope) {
            Ok(()) => call::run(&self.visit, tool.name, &arguments).await,
            Err(error) => Err(error),
        };
        let result = match done {
            Ok(value) => CallToolResult::structured(value),
            Err(error) => self.told(&error),
        };
        Ok(result.into())
    }

    async fn list_resources(
        &self,
        _request: Option<PaginatedRequestParams>,
        _context: RequestContext<RoleServer>,
    ) -> Result<ListResourcesResult, ErrorData> {
        Ok(ListResourcesResult::default())
    }

    async fn list_resource_templates(
        &self,
        _request: Option<PaginatedRequestParams>,
        _context: RequestContext<RoleServer>,
    ) -> Result<ListResourceTemplatesResult, ErrorData> {
        let template = ResourceTemplate::new("orchestre://account/{id}/plan", "plan")
            .with_description(text(self.visit.lang(), "page-mcp-plan_show"))
            .with_mime_type("application/json");
        Ok(ListResourceTemplatesResult::with_all_items(vec![template]).with_ttl_ms(FRESH))
    }

    async fn read_resource(
        &self,
        request: ReadResourceRequestParams,
        _context: RequestContext<RoleServer>,
    ) -> Result<ReadResourceResponse, ErrorData> {
        match self.plan(&request.uri).await {
            Ok(plan) => {
                let contents = ResourceContents::text(plan.to_string(), request.uri)
                    .with_mime_type("application/json");
                Ok(ReadResourceResult::new(vec![contents]).into())
            }
            Err(error) => {
                let words = error.code().text();
                Err(ErrorData::invalid_params(words, Some(json!({"uri": request.uri}))))
            }
        }
    }
}
